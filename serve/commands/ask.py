from pathlib import Path

import click

from serve import options


@click.command()
@click.argument("question", envvar="Q", required=False)
@options.form
@options.warehouse
def ask(question: str | None, form: str, warehouse: Path) -> None:
    """List the questions of analyses/, or answer one, or `all`.

    QUESTION is the name of a question (environment variable Q).
    """
    from serve import ask as questions
    from serve import render

    known = questions.questions()
    if not question:
        render.write(questions.listing(known), "table")
        return
    chosen = questions.choose(question, known)
    render.write(render.rendered(questions.answers(chosen, warehouse), form), form)
