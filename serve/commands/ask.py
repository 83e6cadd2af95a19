from pathlib import Path

import click

from serve import options


@click.command()
@click.argument("question", envvar="Q", required=False)
@click.option(
    "--county", envvar="COUNTY", show_envvar=True,
    help="Only the rows of this county: its name, how it begins, or its code.",
)  # fmt: skip
@click.option("--year", envvar="YEAR", show_envvar=True, type=int, help="Only the rows of this fiscal year.")
@click.option(
    "--limit", envvar="LIMIT", show_envvar=True, type=click.IntRange(1, 2**31 - 1), help="The most rows of a question."
)
@options.form
@options.warehouse
def ask(
    question: str | None, county: str | None, year: int | None, limit: int | None, form: str, warehouse: Path
) -> None:
    """List the questions of analyses/, or answer one, or `all`.

    QUESTION is the name of a question (environment variable Q). A table names counties and fits COLUMNS, else the terminal;
    the other formats have every row and column as the question gives them.
    """
    from serve import ask as questions
    from serve import render
    from serve.choice import Choice
    from serve.terminal import columns, wrapped

    known = questions.questions()
    if not question:
        render.write(questions.listing(known), "table")
        return
    chosen = questions.choose(question, known)
    wanted = Choice(county, year, limit)
    render.write(render.rendered(questions.answers(chosen, warehouse, wanted, form == "table"), form), form)
    for note in wanted.notes():
        click.echo("\n".join(wrapped(note, columns())), err=form != "table")
