"""Checks that can fail: damage is done to data that is sound, and the check meant for it turns red.

Rows that fail pandera are damaged in test_load.py, distributions in test_gate.py, the logic of models by their unit
tests. Here: what joins, keys, contracts and reconciliations between the layers can see.
"""

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.support import dbt
from warehouse import dbt_run

FILES = ("warehouse.duckdb", "scratch.duckdb")


@pytest.fixture(scope="module")
def sound(modelled, tmp_path_factory) -> Path:
    """A folder with a candidate and its scratch database, built from the five documents and all green."""
    folder = shutil.copytree(modelled, tmp_path_factory.mktemp("sound"), dirs_exist_ok=True)
    (folder / "copy").mkdir()
    for name in FILES:
        shutil.copyfile(folder / name, folder / "copy" / name)
    return folder


@pytest.fixture
def damaged(sound):
    """Run SQL against the candidate; afterwards it is sound again. Its path stays, so that dbt need not parse anew."""

    def damage(sql: str) -> Path:
        with duckdb.connect(str(sound / "warehouse.duckdb")) as connection:
            connection.execute(f"attach '{sound / 'scratch.duckdb'}' as scratch")
            connection.execute(sql)
        return sound

    yield damage
    for name in FILES:
        shutil.copyfile(sound / "copy" / name, sound / name)


FIRST_PROJECT = "(select min(project_id) from marts.fct_project_budget where fiscal_funds_cny > 0)"
FAULTS = [
    ("a deleted fact row", "delete from marts.fct_spending_plan where project_id = " + FIRST_PROJECT + " and checkpoint_month = 6",
     "nothing_is_lost_between_staging_and_marts"),
    ("a deleted project", "delete from marts.dim_project where project_no = 3", "nothing_is_lost_between_staging_and_marts"),
    ("a removed document", "delete from marts.dim_document where division_code = '130225'", "every_document_reaches_the_dimension"),
    ("万元 read as 元", "update marts.fct_project_budget set stated_budget_cny = stated_budget_cny / 10000, fiscal_funds_cny ="
     " fiscal_funds_cny / 10000 where division_code = '130225'", "money_is_what_the_forms_print"),
    ("a fen too much", "update marts.fct_project_budget set fiscal_funds_cny = fiscal_funds_cny + 0.01 where project_id = "
     + FIRST_PROJECT, "money_is_what_the_forms_print"),
    ("a blank read as 0", "update marts.fct_project_budget set stated_budget_cny = 0 where budget_basis = 'sum_of_funds'",
     "money_is_what_the_forms_print"),
    ("an effective budget of another basis", "update marts.fct_project_budget set budget_cny = budget_cny + 1 where budget_basis ="
     " 'sum_of_funds'", "effective_budget_follows_its_basis"),
    ("a fund that was lost", "delete from marts.fct_project_fund where fund_class = 'fiscal'", "effective_budget_follows_its_basis"),
    ("a form that is not there", "update marts.dim_project set form_id = 'elsewhere'", "relationships_dim_project*"),
    ("swapped checkpoints", "update marts.fct_spending_plan set checkpoint_month = 100 where checkpoint_month = 3;"
     " update marts.fct_spending_plan set checkpoint_month = 3 where checkpoint_month = 12;"
     " update marts.fct_spending_plan set checkpoint_month = 12 where checkpoint_month = 100",
     "plan_points_are_what_the_forms_print"),
    ("a period that does not add up", "update marts.fct_spending_plan set period_cny = period_cny + 1 where checkpoint_month = 10",
     "periods_add_up_to_the_year"),
    ("a shifted column", "update marts.fct_indicator_target set target_text = description_text, description_text = indicator_name"
     " where division_code = '130535'", "targets_are_what_the_forms_print"),
    ("a shifted row", "update marts.fct_indicator_target set indicator_no = indicator_no + 1 where division_code = '130535';"
     " update marts.fct_indicator_target set indicator_id = project_id || '-' || indicator_no where division_code = '130535'",
     "targets_are_what_the_forms_print"),
    ("a target value without a kind", "update marts.fct_indicator_target set target_kind = 'text' where target_kind = 'number'",
     "target_columns_follow_the_kind"),
    ("an unknown category", "update marts.fct_indicator_target set category_id = 'elsewhere' where indicator_no = 1",
     "relationships_fct_indicator_target*"),
    ("a division that is not there", "update marts.dim_document set division_id = '999999-1999' where division_code = '130225'",
     "relationships_dim_document*"),
    ("two current versions", "insert into marts.dim_document select * replace ('ffffffffffffffff' as document_id) from"
     " marts.dim_document where division_code = '130225'; insert into scratch.intermediate.int_document_version select * replace"
     " ('ffffffffffffffff' as document_id) from scratch.intermediate.int_document_version where document_id in (select"
     " document_id from marts.dim_document where division_code = '130225')", "one_current_document_per_unit_and_year"),
    ("a project counted twice", "insert into marts.dim_project select * replace (project_id || '-copy' as project_id) from"
     " marts.dim_project where division_code = '130225' and project_no = 1", "a_project_counts_once_a_year"),
    ("a day left out", "delete from marts.dim_date where date_day = date '2024-02-29'", "dates_cover_every_day"),
    ("two divisions at once", "update marts.dim_division set valid_to_year = null where division_code = '130503'",
     "divisions_do_not_overlap_in_time"),
    ("a result that was lost", "delete from quality.result where rule_id = 'Q05' and project_id = " + FIRST_PROJECT,
     "quality_every_rule_judges_every_project"),
    ("a result twice", "insert into quality.result from quality.result limit 1", "quality_every_rule_judges_every_project"),
    ("a result under another rule", "update quality.result set rule_id = 'Q06' where rule_id = 'Q05'",
     "quality_every_rule_judges_every_project"),
    ("two results under two others", "update quality.result set rule_id = case rule_id when 'Q02' then 'Q01' else 'Q04' end where"
     " rule_id in ('Q02', 'Q05') and project_id = " + FIRST_PROJECT, "quality_every_rule_judges_every_project"),
    ("results of a project that were lost", "delete from quality.result where project_id = " + FIRST_PROJECT,
     "quality_every_rule_judges_every_project"),
    ("a finding shown twice", "insert into reports.finding_overview from reports.finding_overview limit 1",
     "unique_together_finding_overview*"),
    ("an alignment twice", "insert into quality.department_alignment from quality.department_alignment limit 1",
     "unique_together_department_alignment*"),
    ("a project that a rule forgot", "delete from scratch.intermediate.int_review_cost where status = 'applicable'",
     "quality_finding_only_where_rule_applies"),
    ("a rule that nobody knows", "update scratch.intermediate.int_review_cost set rule_id = 'Q99'",
     "quality_reviewed_rule_is_known"),
    ("a finding that was lost", "delete from quality.finding where rule_id = 'Q05'", "quality_findings_reconcile_with_facts"),
    ("a goal of a department lost", "delete from marts.fct_department_target; delete from marts.fct_department_standard;"
     " delete from marts.dim_department_goal where goal_no = 2", "department_goals_hold_every_item"),
    ("a standard of no goal", "update marts.fct_department_standard set department_goal_id = department_goal_id || '-x' where"
     " grade = 'poor'",
     "relationships_fct_department_standard*"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "check"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_turns_its_check_red(damaged, sql, check):
    with pytest.raises(dbt_run.TransformError, match=check.rstrip("*")):
        dbt.run(damaged(sql), "test", "--select", check)


def test_sound_data_is_green(sound):
    dbt.run(sound, "test", "--select", *{check for _, _, check in FAULTS})


DOUBLED_KEYS = (
    *("fct_project_budget", "fct_spending_plan", "fct_indicator_target", "dim_project", "dim_document"),
    *("dim_department_goal", "fct_department_standard", "fct_department_target", "dim_form", "fct_project_fund"),
)


@pytest.mark.parametrize("table", DOUBLED_KEYS)
def test_a_doubled_key_is_refused_by_the_contract(damaged, table):
    with pytest.raises(duckdb.ConstraintException):
        damaged(f"insert into marts.{table} select * from marts.{table} limit 1")


CORRECTION = (
    "insert into scratch.seeds.correction (file_name, source_ref, column_name, reason, reviewer, reviewed_on)"
    " values ('a.txt', 'L1', '{column}', {reason}, 'somebody', '2024-01-01')"
)
# Damage to what a model reads, the model, and the constraint that names it.
BROKEN = [
    ("a form twice", "insert into staging.form from staging.form limit 1", "int_form", "unique (form_id)"),
    ("a correction without a reason", CORRECTION.format(column="unit_name", reason="null"), "int_correction",
     "not null (file_name, source_ref, column_name, reason"),
    ("a correction of no column", CORRECTION.format(column="no_column", reason="'misprint'"), "int_correction",
     "check (column_name in ("),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sql", "model", "constraint"), [fault[1:] for fault in BROKEN], ids=[fault[0] for fault in BROKEN]
)
def test_a_broken_constraint_stops_its_model_and_is_named(damaged, sql, model, constraint):
    folder = damaged(sql)
    with pytest.raises(dbt_run.TransformError, match=f"{model}: .*{re.escape(constraint)}"):
        dbt.run(folder, "run", "--select", model)


def test_no_constraint_stands_where_nothing_checks_it():
    """A view has no constraints, and without a contract those of a column are passed over."""
    models = [node for node in dbt.project().nodes.values() if node.resource_type == "model"]
    own = [node.name for node in models if node.constraints and node.config.materialized != "table"]
    of_columns = [
        node.name
        for node in models
        if not node.contract.enforced and any(column.constraints for column in node.columns.values())
    ]
    assert own + of_columns == []


def test_a_word_outside_a_closed_list_is_refused_by_the_contract(sound):
    """Every list, in each table that has a row."""
    refused = set()
    with duckdb.connect(str(sound / "warehouse.duckdb")) as connection:
        lists = connection.execute(
            "select schema_name || '.' || table_name, constraint_column_names[1] from duckdb_constraints()"
            " where constraint_type = 'CHECK' and database_name = current_database() and constraint_text like '% IN (%'"
        ).fetchall()
        for table, column in lists:
            if connection.table(table).limit(1).fetchall():
                with pytest.raises(duckdb.ConstraintException, match="CHECK"):
                    connection.execute(f"update {table} set {column} = 'no word of it'")
                refused.add(table)
    assert {"marts.dim_document", "marts.fct_project_fund", "marts.fct_indicator_target", "quality.result"} <= refused
