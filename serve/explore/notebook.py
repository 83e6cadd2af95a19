"""Three questions across counties with charts, and a field for questions of one's own: a marimo notebook.

`make explore` shows it in a browser. As a script, `python -m serve.explore.notebook`, it runs every cell and prints nothing.
WAREHOUSE names the published file, which is opened read-only.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="jixiao 绩效")

with app.setup:
    import os
    from pathlib import Path

    import altair
    import duckdb
    import marimo as mo
    import polars
    from polars import selectors

    from serve import published
    from serve.explore.plain_table import plain_table

    WAREHOUSE = Path(os.environ.get("WAREHOUSE", "build/warehouse.duckdb"))
    ROWS_DRAWN = 5_000  # of an answer; no more are fetched


@app.cell
def first():
    connection = published.opened(WAREHOUSE)

    def answered(query: str, most: int | None = None) -> polars.DataFrame:
        """The rows of one select, or the first of them. Raises duckdb.Error."""
        names, rows = published.rows(connection, query, most=most)
        return polars.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)

    def drawable(frame: polars.DataFrame) -> polars.DataFrame:
        """A chart takes no decimals: its figures are rounded, those of the tables are exact."""
        return frame.with_columns(selectors.decimal().cast(polars.Float64))

    (build,) = answered("select build_id, built_at, source_document_count from meta.build").rows(named=True)
    notes = answered("select division_name, comparability_note from reports.county_summary order by all")
    mo.md(
        f"# 绩效 jixiao\n{build['source_document_count']} 个文件 | documents, `{build['build_id']}`.\n\n"
        + "\n".join(f"- {name}: {note}" for name, note in notes.rows() if note)
    )
    return answered, connection, drawable


@app.cell
def money_by_theme(answered, drawable):
    themes = answered("""
        select division_name, coalesce(fiscal_year::varchar, '?') as fiscal_year, theme,
            sum(budget_cny) as budget_cny, count(*) as project_count
        from reports.project_overview
        where budget_cny is not null
        group by all
        order by division_name, budget_cny desc, theme
    """)
    theme_chart = (
        altair.Chart(drawable(themes), width=620)
        .mark_bar()
        .encode(
            altair.X("budget_cny:Q", stack="normalize", title="占本县资金 share of the county's money"),
            altair.Y("division_name:N", title=None),
            altair.Color("theme:N", title=None, scale=altair.Scale(scheme="tableau20")),
            tooltip=[
                "division_name",
                "fiscal_year",
                "theme",
                altair.Tooltip("budget_cny", format=",.2f"),
                "project_count",
            ],
        )
    )
    mo.vstack([mo.md("## 钱用在哪里 Where does the money go?"), theme_chart, mo.Html(plain_table(themes))])
    return theme_chart, themes


@app.cell
def quantified(answered, drawable):
    measured = answered("""
        select division_name, indicator_group, indicator_count, quantified_count, weighted_quantified_ratio
        from reports.county_indicator_quality
        where indicator_count > 0
        order by division_name, indicator_group
    """)
    measured_chart = (
        altair.Chart(drawable(measured), width=620)
        .mark_rect()
        .encode(
            altair.X("indicator_group:N", title=None, axis=altair.Axis(labelAngle=0)),
            altair.Y("division_name:N", title=None),
            altair.Color(
                "weighted_quantified_ratio:Q", title="量化率", scale=altair.Scale(scheme="viridis", domain=[0, 1])
            ),
            tooltip=["division_name", "indicator_group", "quantified_count", "indicator_count"],
        )
    )
    mo.vstack([mo.md("## 指标能否衡量 Can the targets be measured?"), measured_chart, mo.Html(plain_table(measured))])
    return measured, measured_chart


@app.cell
def faults(answered, drawable):
    failing = answered("""
        with judged as (
            select division_name, rule_id, rule_name,
                count(*) filter (result.status = 'fail') as failing_count, count(*) as judged_count
            from quality.result
            inner join quality.rule using (rule_id)
            inner join reports.project_overview using (project_id)
            where result.status in ('pass', 'fail') and rule.severity <> 'information'
            group by all
        )
        select *, (failing_count / judged_count)::decimal(18, 6) as failing_ratio
        from judged
        where failing_count > 0
        order by rule_id, division_name
    """)
    failing_chart = (
        altair.Chart(drawable(failing), width=620)
        .mark_circle()
        .encode(
            altair.X("division_name:N", title=None, axis=altair.Axis(labelAngle=0)),
            altair.Y("rule_name:N", title=None, sort=altair.EncodingSortField("rule_id")),
            altair.Size("failing_ratio:Q", title="未通过 failing", scale=altair.Scale(domain=[0, 1])),
            altair.Color("failing_ratio:Q", legend=None, scale=altair.Scale(scheme="viridis", domain=[0, 1])),
            tooltip=["division_name", "rule_id", "rule_name", "failing_count", "judged_count"],
        )
    )
    mo.vstack(
        [
            mo.md("## 哪些规则没有通过 Which rules do projects fail? (share of the projects asked)"),
            failing_chart,
            mo.Html(plain_table(failing)),
        ]
    )
    return failing, failing_chart


@app.cell
def tables(answered):
    known = answered("""
        select schema_name || '.' || table_name as "table", any_value(grain_zh) as 每行, any_value(grain_en) as grain
        from meta.column_dictionary group by all
        order by list_position(['reports', 'marts', 'quality', 'staging', 'meta'], any_value(schema_name)), "table"
    """)
    question = mo.ui.code_editor(
        value="select division_name, fiscal_year, checkpoint_month, sum(period_cny) as period_cny\n"
        "from reports.plan_overview\ngroup by all\norder by all",
        language="sql",
        min_height=120,
    ).form(submit_button_label="运行 Run")
    mo.vstack([mo.md("## 自己提问 Ask in SQL"), mo.accordion({"表 Tables": mo.Html(plain_table(known))}), question])
    return (question,)


@app.cell
def answer(answered, question):
    mo.stop(question.value is None)
    found, complaint = polars.DataFrame(), None
    try:
        found = answered(question.value, ROWS_DRAWN + 1)
    except duckdb.Error as error:
        complaint = mo.callout(str(error), kind="danger")
    result = found.head(ROWS_DRAWN)
    complaint or mo.Html(plain_table(result, has_more=found.height > ROWS_DRAWN))
    return (result,)


@app.cell
def chosen(result):
    mo.stop(result.is_empty())
    figures = result.select(selectors.numeric()).columns or result.columns
    others = [name for name in result.columns if name not in figures[-1:]] or result.columns
    across = mo.ui.dropdown(others, value=others[0], label="横轴 across")
    height = mo.ui.dropdown(figures, value=figures[-1], label="纵轴 height")
    colour = mo.ui.dropdown(others, label="颜色 colour")
    kind = mo.ui.dropdown(["bar", "line", "point"], value="bar", label="图形 mark")
    mo.hstack([across, height, colour, kind], justify="start")
    return across, colour, height, kind


@app.cell
def chart(across, colour, drawable, height, kind, result):
    drawn = getattr(altair.Chart(drawable(result), width=620), f"mark_{kind.value}")().encode(
        altair.X(f"{across.value}:N", title=across.value),
        altair.Y(f"{height.value}:Q", title=height.value),
        *([altair.Color(f"{colour.value}:N")] if colour.value else []),
    )
    mo.as_html(drawn)
    return (drawn,)


if __name__ == "__main__":
    app.run()
