"""`jixiao metric`: each metric against plain SQL over the marts and the questions of analyses/; what it notes and refuses."""

import json
import socket
from decimal import ROUND_HALF_UP, Decimal

import pytest

from serve import command_line, published
from serve.failure import WrongCallError
from serve.metric import metric, query, semantics
from tests.support import beside
from tests.support.reading import ROOT

# What each metric counts, its definition in plain SQL, and for a share what it is divided by.
PLAIN = {
    "project_count": ("budgets", "count(*)"),
    "budget_project_count": ("budgets", "count(budget_cny)"),
    "budget_cny": ("budgets", "sum(budget_cny)"),
    "stated_budget_cny": ("budgets", "sum(stated_budget_cny)"),
    "fiscal_funds_cny": ("budgets", "sum(fiscal_funds_cny)"),
    "other_funds_cny": ("budgets", "sum(other_funds_cny)"),
    "other_unknown_count": ("budgets", "count(*) - count(other_funds_cny)"),
    "carry_over_project_count": ("budgets", "count(*) filter (where code_year < fiscal_year)"),
    "carry_over_budget_cny": ("budgets", "sum(budget_cny) filter (where code_year < fiscal_year)"),
    "carry_over_budget_ratio": (
        "budgets", "sum(budget_cny) filter (where code_year < fiscal_year)", "sum(budget_cny)",
    ),
    "stated_project_count": ("points", "count(*) filter (where is_stated)"),
    "cumulative_cny": ("points", "sum(cumulative_cny)"),
    "base_cny": ("points", "sum(base_cny)"),
    "weighted_cumulative_ratio": ("points", "sum(cumulative_cny)", "sum(base_cny)"),
    "unweighted_cumulative_ratio": ("points", "sum(cumulative_ratio)", "count(cumulative_ratio)"),
    "period_cny": ("points", "sum(period_cny)"),
    "checkpoint_period_cny": ("points", "sum(period_cny)"),
    "period_base_cny": ("points", "sum(budget_cny) filter (where period_cny is not null)"),
    "period_ratio": ("points", "sum(period_cny)", "sum(budget_cny) filter (where period_cny is not null)"),
    "indicator_count": ("indicators", "count(*)"),
    "quantified_count": (
        "indicators", "count(*) filter (where target_kind in ('number', 'range', 'date', 'list'))",
    ),
    "quantified_ratio": (
        "indicators", "count(*) filter (where target_kind in ('number', 'range', 'date', 'list'))", "count(*)",
    ),
    "indicator_project_count": ("indicators", "count(distinct project_id)"),
    "result_indicator_count": ("results", "count(*)"),
    "told_indicator_count": ("results", "count(is_met)"),
    "met_indicator_count": ("results", "count(*) filter (where is_met)"),
    "met_ratio": ("results", "count(*) filter (where is_met)", "count(is_met)"),
    "executed_cny": ("executions", "sum(executed_cny)"),
    "execution_budget_cny": ("executions", "sum(coalesce(adjusted_cny, initial_cny))"),
    "execution_ratio": ("executions", "sum(executed_cny)", "sum(coalesce(adjusted_cny, initial_cny))"),
    "finding_count": ("findings", "count(*)"),
    "error_finding_count": ("findings", "count(*) filter (where severity = 'error')"),
    "warning_finding_count": ("findings", "count(*) filter (where severity = 'warning')"),
    "finding_project_count": ("findings", "count(distinct project_id)"),
    "department_goal_count": ("departments", "sum(goal_count)"),
    "itemised_goal_count": ("departments", "sum(distinct_itemised_goal_count)"),
    "measurable_goal_count": ("departments", "sum(measurable_goal_count)"),
    "measurable_goal_ratio": ("departments", "sum(measurable_goal_count)", "sum(distinct_itemised_goal_count)"),
    "graded_goal_count": ("departments", "sum(graded_goal_count)"),
    "department_target_count": ("departments", "sum(target_count)"),
    "unaligned_budget_cny": ("departments", "sum(unaligned_budget_cny)"),
}  # fmt: skip
FACTS = """
with named as (
    select document_id, division_name from marts.dim_document
    join marts.dim_division using (division_id) where dim_document.is_current
),
projects as (select project_id, theme, code_year from marts.dim_project),
budgets as (
    select * from marts.fct_project_budget join projects using (project_id) join named using (document_id)
),
points as (
    select plan.*, theme, division_name, budgets.budget_cny
    from marts.fct_spending_plan as plan join budgets using (project_id)
),
indicators as (
    select indicator.*, theme, division_name from marts.fct_indicator_target as indicator join budgets using (project_id)
    where indicator.term = 'annual'
),
results as (
    select result.*, theme, division_name from marts.fct_indicator_result as result
    join named using (document_id) left join projects using (project_id)
    where result.term = 'annual' and result.form_kind = 'self_evaluation'
),
executions as (
    select execution.*, theme, division_name from marts.fct_project_execution as execution
    join named using (document_id) left join projects using (project_id)
    where as_of_month = 12 and coalesce(adjusted_cny, initial_cny) is not null and executed_cny is not null
),
findings as (
    select finding.*, dim_document.fiscal_year, division_name, theme from quality.finding
    join marts.dim_document using (document_id) join named using (document_id) left join projects using (project_id)
),
departments as (from reports.department_overview)
"""
STANDING = [
    name for name, (facts, *_) in PLAIN.items() if facts == "points" and name != "period_cny"
]  # what never adds over checkpoints


@pytest.fixture(scope="module")
def engine():
    return semantics.engine()


@pytest.fixture(scope="module")
def attached(warehouse):
    with published.opened(warehouse) as connection:
        yield connection


def computed(engine, attached, names: str, by: str = "", where: str | None = None) -> list[tuple]:
    return metric.compute(engine, attached, query.parse(engine, names, by, where))


def plain(connection, name: str, by: str, where: str = "true") -> list[tuple]:
    """The metric by its definition; a share is divided exactly and rounded half up."""
    facts, *sums = PLAIN[name]
    columns = [by] if by else []
    query = f"{FACTS} select {', '.join([*columns, *sums])} from {facts} where {where}"
    rows = connection.execute(f"{query} group by all order by all nulls last" if by else query).fetchall()
    return [(*row[: len(columns)], _share(*row[len(columns) :])) for row in rows]


def _share(numerator, denominator=None):
    if denominator is None:
        return numerator
    if not denominator or numerator is None:
        return None
    return (Decimal(numerator) / Decimal(denominator)).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def asked(capsys, *arguments: str) -> tuple[int, str, str]:
    status = command_line.main(["metric", *arguments])
    return (status, *capsys.readouterr())


# What a metric is


def test_each_metric_is_compared_and_no_other(engine):
    assert {found.name for found in engine.list_metrics(include_dimensions=False)} == set(PLAIN)


@pytest.mark.parametrize(
    ("name", "by"),
    [
        (name, by)
        for name, (facts, *_) in PLAIN.items()
        for by in ("", "division_name", "fiscal_year", "theme")
        if (facts, by) != ("departments", "theme")  # a department has projects of several themes
    ],
)
def test_a_metric_is_what_its_definition_says(engine, attached, connection, name, by):
    where = "checkpoint_month = 12" if name in STANDING else "true"
    found = [row for row in computed(engine, attached, name, by) if row[-1] or not name.startswith("carry_over")]
    wanted = [row for row in plain(connection, name, by, where) if row[-1] or not name.startswith("carry_over")]
    assert found == wanted


@pytest.mark.parametrize("name", STANDING)
def test_what_stands_at_a_checkpoint_never_adds_over_checkpoints(engine, attached, connection, name):
    assert computed(engine, attached, name, "checkpoint_month") == plain(connection, name, "checkpoint_month")
    october = plain(connection, name, "", "checkpoint_month = 10")
    assert computed(engine, attached, name, where="checkpoint_month in (3, 10)") == october
    assert computed(engine, attached, name, where="checkpoint_month <= 10") == october


def test_periods_add_over_checkpoints(engine, attached, connection):
    assert computed(engine, attached, "period_cny") == plain(connection, "period_cny", "")
    parts = computed(engine, attached, "period_cny", "checkpoint_month")
    assert sum(amount for _, amount in parts) == computed(engine, attached, "period_cny")[0][0]


def test_each_metric_says_unit_null_policy_and_label_in_both_languages(engine):
    for found in engine.list_metrics(include_dimensions=False):
        for text in (found.label, found.description, found.config.meta["unit"], found.config.meta["null_policy"]):
            chinese, english = text.split(" | ")
            assert not chinese.isascii() and english.isascii(), found.name


def test_a_metric_that_rests_on_a_standing_measure_is_marked(engine):
    marked = {
        found.name
        for found in engine.list_metrics(include_dimensions=False)
        if found.config.meta.get("non_additive") == "checkpoint_month"
    }
    assert marked == set(STANDING)


# The same as the questions of analyses/


def answered(connection, question: str) -> list[dict]:
    result = connection.execute((ROOT / "analyses" / f"{question}.sql").read_text(encoding="utf-8"))
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.mark.parametrize(
    ("question", "metrics", "by", "columns"),
    [
        ("county_budget", "project_count,budget_cny,stated_budget_cny", "division_code,fiscal_year", None),
        ("funding_mix", "fiscal_funds_cny,other_funds_cny,other_unknown_count", "division_code,fiscal_year", None),
        (
            "quantified_by_county",
            "indicator_count,quantified_count,quantified_ratio",
            "division_code,fiscal_year",
            None,
        ),
        ("quantified_by_category", "indicator_count,quantified_count", "level1_name,level2_name", None),
        (
            "measurable_goals",
            "itemised_goal_count,measurable_goal_count,graded_goal_count,measurable_goal_ratio",
            "division_code,fiscal_year",
            ("goal_count", "measurable_goal_count", "graded_goal_count", "measurable_ratio"),
        ),
        (
            "cumulative_plan",
            "stated_project_count,cumulative_cny,base_cny,weighted_cumulative_ratio,unweighted_cumulative_ratio",
            "division_code,fiscal_year,checkpoint_month",
            ("project_count", "cumulative_cny", "base_cny", "weighted_ratio", "unweighted_ratio"),
        ),
    ],
)
def test_a_metric_answers_as_the_question_does(engine, attached, connection, question, metrics, by, columns):
    keys = by.split(",")
    wanted = {
        tuple(row[name] for name in [*keys, *(columns or metrics.split(","))])
        for row in answered(connection, question)
        if not row.get("is_overall")
    }
    assert set(computed(engine, attached, metrics, by)) == wanted


def test_overall_rows_of_the_plan_are_the_metrics_by_checkpoint(engine, attached, connection):
    wanted = [
        (row["checkpoint_month"], row["weighted_ratio"], row["unweighted_ratio"])
        for row in answered(connection, "cumulative_plan")
        if row["is_overall"]
    ]
    found = computed(engine, attached, "weighted_cumulative_ratio,unweighted_cumulative_ratio", "checkpoint_month")
    assert found == wanted


@pytest.mark.parametrize(
    ("question", "metrics", "columns", "where"),
    [
        ("carry_over", "carry_over_budget_cny,carry_over_budget_ratio", ("budget_cny", "budget_ratio"), None),
        (
            "year_end_rush",
            "checkpoint_period_cny,period_base_cny,period_ratio",
            ("period_cny", "base_cny", "period_ratio"),
            "checkpoint_month = 12",
        ),
    ],
)
def test_a_county_without_a_case_is_blank_in_both(engine, attached, connection, question, metrics, columns, where):
    wanted = {(row["division_code"], *[row[name] for name in columns]) for row in answered(connection, question)}
    assert set(computed(engine, attached, metrics, "division_code", where)) == wanted


# What is typed and printed


def test_without_a_metric_all_are_listed_with_what_they_are_grouped_by(capsys, monkeypatch):
    monkeypatch.delenv("M", raising=False)
    status, out, _ = asked(capsys)
    assert status == 0
    assert all(f"{name} " in out for name in PLAIN)
    assert "division__division_name" in out and "metric_time" not in out


def test_the_table_says_unit_and_null_policy_and_the_note_the_years(capsys, warehouse):
    status, out, err = asked(capsys, "budget_cny", "--by", "division__division_name", "--warehouse", str(warehouse))
    assert status == 0
    assert "有效预算（元；" in out and "Effective budget (yuan;" in out and "177,657,400.00" in out
    assert "2021、2023、2024、未知" in err and "2021, 2023, 2024, unknown" in err


@pytest.mark.parametrize(
    "options", [("--by", "fiscal_year"), ("--where", "fiscal_year = 2021"), ("--where", "division_name = '临西县'")]
)
def test_one_year_a_row_needs_no_note(capsys, warehouse, options):
    assert asked(capsys, "budget_cny", *options, "--warehouse", str(warehouse))[2] == ""


def test_a_standing_figure_without_a_checkpoint_says_which_it_is(capsys, warehouse):
    _, out, err = asked(
        capsys,
        "cumulative_cny",
        "--where",
        "division_code = '130225'",
        "--format",
        "csv",
        "--warehouse",
        str(warehouse),
    )
    assert out == "cumulative_cny\n171875800.00\n"
    assert "时点" in err and "the last of those chosen" in err


def test_json_keeps_every_digit(capsys, warehouse):
    arguments = ("budget_cny,quantified_ratio", "--by", "division_code", "--format", "json")
    _, out, _ = asked(capsys, *arguments, "--warehouse", str(warehouse))
    rows = {row["division__division_code"]: row for row in json.loads(out, parse_float=Decimal)}
    assert rows["130225"]["budget_cny"] == Decimal("177657400.00")
    assert rows["130225"]["quantified_ratio"] == Decimal("0.615385")


def test_a_dimension_is_found_by_its_end_along_the_shortest_way(engine):
    assert query.parse(engine, "budget_cny", "division_name").by == ("division__division_name",)
    assert query.parse(engine, "finding_count", "division_name").by == ("document__division__division_name",)
    assert query.parse(engine, "budget_cny,finding_count", "theme").by == ("project__theme",)


def test_a_condition_may_name_dimensions_plainly_and_hold_their_names_as_text(engine, attached):
    where = "division_name = '乐亭县' and theme <> 'theme'"
    assert computed(engine, attached, "project_count", where=where) == [(17,)]
    assert computed(engine, attached, "finding_count", where="division_code = '130225' and severity = 'error'") == [
        (2,)
    ]
    lamps = "lower(theme) like '%路灯%' and fiscal_year is null"  # linxi 2 and 4
    assert computed(engine, attached, "project_count", where=lamps) == [(2,)]
    assert computed(engine, attached, "project_count", where="{{ Dimension('document__fiscal_year') }} = 2023") == [
        (17,)
    ]


@pytest.mark.parametrize(
    "where",
    [
        "{{ Dimension('document__fiscal_year') }} = 2023 or secret = 1",
        "{# #} secret = 1",
        "secret = 1 {# {{ #}",
        "{{ Dimension('project__secret') }} = 1",
        "{{ Dimension('document__fiscal_year').__class__ }} = 1",
        "{{ 7 * 7 }} = 49",
        "{% if true %} true {% endif %}",
        "'{{' = '}}' or secret = 1",
        "division_name = '{# '",
    ],
)
def test_no_spelling_of_a_condition_skips_the_check_of_names(engine, where):
    with pytest.raises(WrongCallError):
        query.parse(engine, "project_count", where=where)


@pytest.mark.parametrize(
    "where",
    [
        "fiscal_year = 2023) select 1; attach '{trap}' as other; select 1 from (select 1 as budget_cny where (true",
        "fiscal_year = (length(read_text('{read}')))",
        "fiscal_year = 2023) ; copy meta.build to '{trap}' ; --",
        "length(getvariable('a') || query('select 1')) = 1",
        "(select count(*) from read_csv('{read}')) = 1",
        "fiscal_year = 2023 -- {{",
    ],
)
def test_a_condition_reads_and_writes_no_other_file(capsys, warehouse, tmp_path, where):
    trap, read = tmp_path / "trap", tmp_path / "read"
    read.write_text("secret of the machine")
    text = where.replace("{trap}", str(trap)).replace("{read}", str(read))
    status, out, err = asked(capsys, "budget_cny", "--where", text, "--warehouse", str(warehouse))
    assert status == 2 and out == "" and "secret" not in err and "Traceback" not in err
    assert not trap.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("budget_cyn",), "There is no metric budget_cyn.\nDid you mean budget_cny"),
        (("budget_cny", "--by", "divison_name"), "Did you mean division_name"),
        (("budget_cny", "--by", "indicator_group"), "There is no dimension indicator_group of these metrics"),
        (("budget_cny", "--by", "metric_time"), "There is no dimension metric_time"),
        (("budget_cny", "--where", "fiscal_yaer = 2023"), "Did you mean fiscal_year"),
        (("budget_cny", "--where", "fiscal_year = '二三'"), "Look at WHERE"),
        (("budget_cny", "--format", "xml"), "FORMAT"),
    ],
)
def test_a_wrong_word_is_answered_with_what_is_near(capsys, warehouse, arguments, said):
    status, out, err = asked(capsys, *arguments, "--warehouse", str(warehouse))
    assert (status, out) == (2, "") and said in err and "Traceback" not in err


def test_the_warehouse_is_only_read_and_nothing_is_fetched(capsys, warehouse, monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    before = (warehouse.read_bytes(), warehouse.stat().st_mtime_ns)
    assert asked(capsys, "period_ratio", "--by", "checkpoint_month", "--warehouse", str(warehouse))[0] == 0
    assert (warehouse.read_bytes(), warehouse.stat().st_mtime_ns) == before
    assert beside.names(warehouse.parent) == [warehouse.name]


@pytest.fixture
def cache(monkeypatch, tmp_path):
    """The folder of kept manifests, empty; a manifest says which version of the code it was parsed from."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(semantics, "_parsed", lambda: f"parsed {semantics.versions.code_version()}")
    return tmp_path / "jixiao"


def test_the_definitions_are_parsed_once_for_the_same_code(monkeypatch, cache):
    monkeypatch.setattr(semantics.versions, "code_version", lambda: "one")
    assert semantics._manifest() == "parsed one"
    monkeypatch.setattr(semantics, "_parsed", lambda: "again")
    assert semantics._manifest() == "parsed one"
    monkeypatch.setattr(semantics.versions, "code_version", lambda: "two")
    assert semantics._manifest() == "again"


def test_manifests_of_old_code_do_not_pile_up(monkeypatch, cache):
    for version in range(semantics.KEPT + 3):
        monkeypatch.setattr(semantics.versions, "code_version", lambda version=version: str(version))
        semantics._manifest()
    assert len(list(cache.iterdir())) == semantics.KEPT


def test_without_a_place_to_keep_it_the_manifest_is_parsed(monkeypatch, cache, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert semantics._manifest().startswith("parsed ")


def test_a_damaged_manifest_is_parsed_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # the other folder is that of all tests
    kept = semantics._place()
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("damaged")
    assert semantics.engine().list_metrics()
    assert kept.read_text() != "damaged"
