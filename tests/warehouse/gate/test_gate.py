"""The gate before publishing: green on a sound warehouse, red where it is damaged, and pages that call no one."""

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from ingest.corpus.manifest import content_of, read_manifest
from serve import command_line
from tests.support.reading import ROOT, surveys
from warehouse import dbt_run, staging_load
from warehouse.gate import gate, profiles
from warehouse.gate import pages as gate_pages
from warehouse.gate.expectations import SUITES
from warehouse.gate.verdict import Verdict
from warehouse.history import history
from warehouse.progress import Progress
from warehouse.search import index

DOCUMENTS = ROOT / "documents"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def names(outcomes) -> set[str]:
    return {outcome.name for outcome in outcomes}


# A sound warehouse, and how to damage a copy of it


@pytest.fixture(scope="session")
def sound(tmp_path_factory) -> Path:
    """A folder with the candidate of the five documents and the scratch database, as a build leaves them to the gate."""
    folder = tmp_path_factory.mktemp("sound")
    found = surveys(DOCUMENTS)
    entries = read_manifest(content_of(DOCUMENTS), {survey.file.name for survey in found})
    staging_load.load(
        folder / "warehouse.duckdb",
        found,
        entries,
        "0" * 64,
        Progress(),
    )
    dbt_run.run(folder / "warehouse.duckdb", folder, folder / "warehouse.duckdb", Progress())
    index.write(folder / "warehouse.duckdb")
    history.write(folder / "warehouse.duckdb", folder / "none.duckdb")
    return folder


@pytest.fixture
def damaged(sound, tmp_path, monkeypatch):
    """Damage a copy of the sound warehouse by SQL, profile it anew, and return the folder. No pages are drawn."""
    monkeypatch.setattr(gate_pages, "write", lambda context, verdict, folder: None)

    def damage(statements: str, is_profiled: bool = True) -> Path:
        for name in ("warehouse.duckdb", "scratch.duckdb"):
            shutil.copyfile(sound / name, tmp_path / name)
        with duckdb.connect() as connection:
            connection.execute(f"attach '{tmp_path / 'warehouse.duckdb'}' as warehouse")
            connection.execute(f"attach '{tmp_path / 'scratch.duckdb'}' as scratch")
            connection.execute("use warehouse")
            connection.execute(statements)
            models = sorted((sound / "target" / "compiled").rglob("intermediate/profile/*.sql")) if is_profiled else []
            for model in models:
                connection.execute(f"create or replace table scratch.intermediate.{model.stem} as {model.read_text()}")
            assert bool(models) == is_profiled
        return tmp_path

    return damage


def check(folder: Path, previous: Path | None = None) -> Verdict:
    return gate.check(folder / "warehouse.duckdb", folder, previous)


COUNTY_TABLES = ("dim_document", "dim_project", "fct_project_budget", "fct_spending_plan", "fct_indicator_target")
IN_ONE_COUNTY = ";".join(
    f"update marts.{table} set division_code = '130225', fiscal_year = 2023" for table in COUNTY_TABLES
)
WITHOUT_LINXI = ";".join(
    f"delete from {table} where document_id = 'd191be7fd179547c'"
    for table in (
        *(
            f"staging.{table}"
            for table in ("document", "section", "section_item", "project", "plan_point", "goal", "indicator")
        ),
        *(f"marts.{table}" for table in reversed(COUNTY_TABLES)),
    )
)
# What is damaged: the SQL, and the expectations meant for it. Others may be red beside them, for the same reason.
DAMAGES = {
    "the cells of the forms were not read": (
        """
        update staging.project set project_name = null, project_code = null, purpose_text = null,
            total_budget_text = null, fiscal_funds_text = null, other_funds_text = null;
        update staging.fund set value_text = null;
        update staging.plan_point set value_text = null;
        update staging.indicator set level1_text = null, level2_text = null, level3_text = null, target_text = null;
        """,
        "staging: project_name_blank project_code_blank purpose_blank amounts_blank plan_value_blank level1_blank"
        " level2_blank level3_blank target_blank",
    ),
    "text that is in no table": (
        """
        update staging.line_ledger set character_count = 4000 where line_role = 'unexplained';
        update staging.line_ledger set line_role = 'rejected' where line_role in ('value', 'narrative');
        """,
        "staging: characters_unexplained characters_rejected",
    ),
    "documents of which nothing is known": (
        """
        update staging.document set unit_name = null;
        insert into staging.document
            select document.* replace (substr(md5(document_id || copy), 1, 16) as document_id)
            from staging.document, range(3) as copies (copy);
        insert into marts.dim_document
            select dim_document.* replace (substr(md5(document_id || copy), 1, 16) as document_id, null as division_code,
                null as fiscal_year, 'unknown' as amount_unit)
            from marts.dim_document, range(4) as copies (copy);
        """,
        "staging: unit_name_blank, marts: division_unknown fiscal_year_unknown amount_unit_unknown documents_have_projects"
        " documents_count, warehouse: documents_recorded",
    ),
    "one cell in place of all": (
        f"""
        {IN_ONE_COUNTY};
        update staging.project set project_name = '项目';
        update staging.indicator set level3_text = '指标', target_text = '100%';
        update marts.fct_project_budget set budget_cny = 10000;
        update quality.finding set message = '不合规则', evidence_text = null;
        """,
        "staging: project_name_varied level3_text_varied target_text_varied, marts: budget_cny_varied,"
        " quality: message_varied evidence_stated",
    ),
    "rows lost on the way": (
        """
        delete from marts.dim_project where project_no = 2;
        delete from marts.fct_project_budget where project_id in
            (select project_id from marts.fct_project_budget order by project_id limit 1);
        delete from marts.fct_spending_plan where checkpoint_month = 12;
        delete from marts.fct_indicator_target where indicator_no = 1;
        """,
        "marts: projects_count budgets_count plan_values_count indicators_count target_characters_count"
        " printed_budgets_count plan_bases_money",
    ),
    "a target in another column": (
        "update marts.fct_indicator_target set target_text = description_text where indicator_no = 1",
        "marts: target_characters_count",
    ),
    "万元 read as 元": (
        f"""
        {IN_ONE_COUNTY};
        update marts.fct_project_budget set budget_cny = round(budget_cny / 10000, 2),
            stated_budget_cny = round(stated_budget_cny / 10000, 2);
        """,
        "marts: printed_budgets_money mean_budget plan_bases_money, quality: money_at_stake_money rule_summary_money",
    ),
    "万元 read as 元 in one document, two figures in one in another": (
        """
        update marts.fct_project_budget set budget_cny = round(budget_cny / 10000, 2) where division_code = '130225';
        update marts.fct_project_budget set budget_cny = 200000000000 where budget_cny = 39670000;
        """,
        "marts: mean_budget_of_few_documents plan_bases_money largest_budget",
    ),
    "checkpoints swapped, plans in another unit": (
        """
        update marts.fct_spending_plan set checkpoint_month = 15 - checkpoint_month where checkpoint_month in (3, 12);
        update marts.fct_spending_plan set cumulative_cny = cumulative_cny * 100 where division_code = '130225';
        """,
        "marts: plan_starts_low plan_reaches_the_budget",
    ),
    "nothing could be typed": (
        """
        update marts.fct_project_budget set budget_cny = null;
        update marts.fct_spending_plan set cumulative_ratio = null, cumulative_cny = null;
        update marts.fct_indicator_target set is_quantified = false, category_id = 'unknown';
        """,
        "marts: budget_unknown plan_without_figure not_quantified category_unknown",
    ),
    "goals of departments without a text": (
        """
        update marts.dim_department_goal set goal_text = null;
        update marts.fct_department_standard set has_bounds = false, document_id = document_id || standard_no || grade;
        insert into marts.fct_department_standard
            select * replace (standard_no + 1000 as standard_no) from marts.fct_department_standard;
        """,
        "marts: goal_text_blank grade_without_bounds",
    ),
    "one indicator per form": (
        f"{IN_ONE_COUNTY}; delete from marts.fct_indicator_target where indicator_no > 1",
        "marts: indicators_per_form",
    ),
    "rules without results": (
        """
        delete from quality.result where rule_id in ('Q05', 'Q08');
        delete from quality.finding where rule_id = 'Q06';
        delete from quality.rule where rule_id = 'Q07';
        """,
        "quality: results_count failures_count rule_summary_count rules_present",
    ),
    "rules that run wild": (
        f"""
        {IN_ONE_COUNTY};
        update quality.result set status = 'not_applicable' where rule_id = 'Q05';
        update quality.result set status = 'fail' where rule_id = 'Q07';
        insert into quality.finding
            select finding.* replace (finding_id || '-' || copy as finding_id) from quality.finding, range(10) as copies (copy);
        insert into quality.finding
            select finding.* replace (finding_id || '+' || copy as finding_id) from quality.finding, range(50) as copies (copy)
            where rule_id = 'Q01';
        """,
        "quality: rules_apply error_rules_discriminate findings_per_project errors_per_project",
    ),
    "a record that is wrong": (
        "update meta.build set source_document_count = 4, rejected_document_count = 20",
        "warehouse: documents_recorded rejected_files",
    ),
}
# The same, seen only beside the file that is replaced.
MOVES = {
    "a county that vanished": (WITHOUT_LINXI, "counties_still_there documents_still_there"),
    "money times ten": (
        "update marts.fct_project_budget set budget_cny = budget_cny * 10 where division_code = '130225'",
        "budget_moved",
    ),
    "projects and indicators that are gone": (
        """
        delete from marts.fct_project_budget where division_code = '130205' and budget_cny < 1000000;
        delete from marts.fct_indicator_target where division_code = '130225' and indicator_no > 2;
        """,
        "projects_kept indicators_kept",
    ),
    "columns that emptied": (
        """
        update marts.dim_project set purpose_text = null where division_code = '130303';
        update marts.fct_indicator_target set is_quantified = false, category_id = 'unknown' where division_code = '130535';
        """,
        "blanks_moved quantified_moved unknown_category_moved",
    ),
}


def meant(listed: str) -> set[str]:
    """The full names of `suite: name name, suite: name`."""
    pairs = [part.split(":") for part in listed.split(",")]
    return {f"{suite.strip()}.{name}" for suite, words in pairs for name in words.split()}


def test_a_sound_warehouse_is_green(sound, damaged):
    verdict = check(damaged("select 1"), sound / "warehouse.duckdb")
    assert names(verdict.failures + verdict.warnings) == set()
    assert verdict.not_compared == ""
    assert names(verdict.outcomes) == {f"{suite}.{asked.name}" for suite in SUITES for asked in SUITES[suite]}


def test_the_rows_that_no_expectation_looks_at_change_no_outcome(damaged, monkeypatch):
    folder = damaged(next(iter(DAMAGES.values()))[0])
    few = profiles.read(folder / "warehouse.duckdb", folder / "scratch.duckdb", None)[0]
    found = check(folder).outcomes
    monkeypatch.setattr(profiles, "_looked_at", lambda profile: "true")
    every = profiles.read(folder / "warehouse.duckdb", folder / "scratch.duckdb", None)[0]
    assert len(few["rule"]) < len(every["rule"]) and len(few["share"]) < len(every["share"])
    assert check(folder).outcomes == found and not all(outcome.is_met for outcome in found)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_turns_the_expectation_meant_for_it_red(damaged, damage):
    statements, listed = DAMAGES[damage]
    verdict = check(damaged(statements))
    assert meant(listed) <= names(verdict.failures + verdict.warnings)
    assert all(not outcome.observed.startswith("could not") for outcome in verdict.outcomes)


@pytest.mark.parametrize("move", MOVES)
def test_a_move_since_the_published_file_is_red(sound, damaged, move):
    statements, listed = MOVES[move]
    verdict = check(damaged(statements), sound / "warehouse.duckdb")
    assert meant(f"previous: {listed}") <= names(verdict.failures)


def test_a_file_without_its_tables_is_red(damaged):
    folder = damaged("drop table marts.dim_date; create view marts.v as select 1 as one", is_profiled=False)
    verdict = check(folder)
    assert names(verdict.failures) == {"warehouse.tables_present", "warehouse.no_views"}
    assert "marts.dim_date (missing)" in gate.message(verdict)


def test_an_empty_profile_is_red(damaged, tmp_path):
    """Of nothing everything is true."""
    folder = damaged("delete from scratch.intermediate.int_profile_share", is_profiled=False)
    verdict = check(folder)
    assert {"staging.target_blank", "marts.not_quantified"} <= names(verdict.failures)
    assert "the profile share has no row" in gate.message(verdict)


def test_a_profile_of_columns_says_what_the_table_holds(sound):
    with duckdb.connect() as connection:
        connection.execute(f"attach '{sound / 'warehouse.duckdb'}' as warehouse (read_only)")
        connection.execute(f"attach '{sound / 'scratch.duckdb'}' as scratch (read_only)")
        profiled = "from scratch.intermediate.int_profile_column"
        watched = connection.execute(f"select distinct schema_name, table_name, column_name {profiled}").fetchall()
        assert len(watched) == 6
        for schema, table, name in watched:
            counted = connection.execute(
                "select places.division_code, places.fiscal_year, count(*),"
                f" count(*) filter (where coalesce(cast({name} as varchar), '') = ''), count(distinct {name})"
                f" from warehouse.{schema}.{table} join warehouse.marts.dim_document as places using (document_id) group by all"
            ).fetchall()
            figures = connection.execute(
                f"select division_code, fiscal_year, row_count, blank_count, distinct_count {profiled}"
                " where schema_name = ? and table_name = ? and column_name = ?",
                [schema, table, name],
            ).fetchall()
            assert set(figures) == set(counted), (table, name)


def test_every_expectation_is_seen_red_by_a_test():
    seen = {"warehouse.tables_present", "warehouse.no_views"}
    seen = seen.union(*(meant(listed) for _, listed in DAMAGES.values()))
    seen = seen.union(*(meant(f"previous: {listed}") for _, listed in MOVES.values()))
    assert seen == {f"{suite}.{asked.name}" for suite in SUITES for asked in SUITES[suite]}


def test_an_expectation_says_what_it_asserts_in_both_languages_and_why():
    for asked in (asked for suite in SUITES.values() for asked in suite):
        chinese, _, english = asked.asserts.partition("；")
        assert chinese and not chinese[0].isascii() and english.isascii() and asked.reason, asked.name


# Beside the published file


@pytest.mark.parametrize("content", [None, b"no warehouse"])
def test_without_a_previous_warehouse_the_comparison_is_skipped_and_said(sound, damaged, tmp_path, content):
    previous = tmp_path / "previous.duckdb"
    if content:
        previous.write_bytes(content)
    verdict = check(damaged("select 1"), previous)
    assert not verdict.failures
    assert {outcome.suite for outcome in verdict.outcomes} == set(SUITES) - {"previous"}
    assert f"Not compared with a previous warehouse: {previous}" in gate.summary(verdict)


def test_a_new_county_has_not_moved(sound, damaged, tmp_path):
    """The published file lacks linxi, and half of kaiping's money is new."""
    previous = tmp_path / "previous.duckdb"
    shutil.copyfile(damaged(WITHOUT_LINXI) / "warehouse.duckdb", previous)
    assert not check(sound, previous).failures


def test_a_document_that_is_now_rejected_has_not_vanished(sound, damaged):
    """A document that cannot be read stops no other: it is named, and the file is published."""
    rejected = """
        insert into staging.rejection (rejection_id, file_name, stage, reason_code, message, next_step)
        values ('0', 'linxi-canal-park.txt', 'decode', 'bad_bytes', '', '')
    """
    verdict = check(damaged(f"{WITHOUT_LINXI}; {rejected}"), sound / "warehouse.duckdb")
    assert not {name for name in names(verdict.failures) if name.startswith("previous")}


def test_a_document_put_elsewhere_by_the_manifest_has_not_vanished(sound, damaged):
    dated = ";".join(
        f"update marts.{table} set fiscal_year = 2022 where division_code = '130535'" for table in COUNTY_TABLES
    )
    folder = damaged(f"{dated}; update marts.dim_document set fiscal_year_basis = 'manifest' where fiscal_year = 2022")
    assert not check(folder, sound / "warehouse.duckdb").failures
    assert "previous.counties_still_there" in names(check(damaged(dated), sound / "warehouse.duckdb").failures)


# What a build does with it


@pytest.fixture
def build_of(monkeypatch, tmp_path, capsys):
    """Build one document with the models' work replaced by a candidate that is there already."""
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(DOCUMENTS / "lulong-development-zone-2021.txt", folder)

    def run(made: Path, warehouse: Path, *options: str) -> tuple[int, str]:
        def copy(candidate, private, warehouse, progress):
            shutil.copyfile(made / "warehouse.duckdb", candidate)
            shutil.copyfile(made / "scratch.duckdb", private / dbt_run.SCRATCH)

        monkeypatch.setattr(dbt_run, "run", copy)
        status = command_line.main(["build", "--documents", str(folder), "--warehouse", str(warehouse), *options])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return run


def published(path: Path) -> tuple:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("select gate_status, failed_expectations from meta.build").fetchone()


def test_a_red_gate_publishes_nothing_and_says_what_to_do(sound, damaged, build_of, tmp_path):
    warehouse = tmp_path / "published.duckdb"
    shutil.copyfile(sound / "warehouse.duckdb", warehouse)
    before = warehouse.read_bytes()
    money = (
        "update marts.dim_project set purpose_text = null where division_code = '130205';" + MOVES["money times ten"][0]
    )
    status, said = build_of(damaged(money), warehouse)
    assert status == 1
    assert warehouse.read_bytes() == before
    assert "Not published; the warehouse is as it was." in said
    assert "previous.budget_moved: 同一批单位的预算变动" in said
    assert "budget_factor 10, expected 0.2 to 5" in said
    assert (
        "marts 130225 2023 (in both files: projects 17 -> 17, indicators 117 -> 117, yuan 177657400.00 -> 1776574000.00)"
        in said
    )
    assert "marts.dim_project.purpose_text 130205 2024 (blank 0 of 13 -> 13 of 13)" in said
    assert "FORCE=1" in said and str(tmp_path / "published.validation" / "index.html") in said


def test_the_rows_of_a_share_come_with_places_in_the_documents(damaged):
    said = gate.message(check(damaged("update staging.indicator set target_text = null")))
    assert "staging.indicator.target_text all all (343 of 343)" in said
    assert re.search(r"\n +kaiping-development-and-reform-2024.txt L\d+", said)


def test_force_publishes_and_the_file_says_so(sound, damaged, build_of, tmp_path):
    warehouse = tmp_path / "published.duckdb"
    shutil.copyfile(sound / "warehouse.duckdb", warehouse)
    status, said = build_of(damaged(WITHOUT_LINXI), warehouse, "--force")
    assert status == 0
    assert "FORCE=1: published although" in said and "gone: linxi-canal-park.txt" in said
    status, failed = published(warehouse)
    assert status == "forced"
    assert {"previous.counties_still_there", "previous.documents_still_there"} <= set(failed.split(", "))


@pytest.mark.parametrize("accept", ["document:一份 文件.txt", "county:130324", "county:130324:2020"])
def test_a_document_is_removed_on_purpose_with_one_acceptance(sound, build_of, tmp_path, accept):
    warehouse = tmp_path / "published.duckdb"
    shutil.copyfile(sound / "warehouse.duckdb", warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "insert into marts.dim_document select * replace ('0123456789abcdef' as document_id, '一份 文件.txt' as file_name,"
            " '130324' as division_code, 2020 as fiscal_year) from marts.dim_document where division_code = '130303'"
        )
    status, said = build_of(sound, warehouse)
    assert status == 1 and "if it is wanted: ACCEPT='document:一份 文件.txt'" in said
    status, said = build_of(sound, warehouse, "--accept", accept)
    assert status == 0 and f"Accepted: {accept} (ACCEPT)." in said
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        recorded = connection.execute("select gate_status, failed_expectations, accepted_changes from meta.build")
        assert recorded.fetchone() == ("passed", None, f"{accept} (ACCEPT)")
        gone = connection.execute(
            "select distinct subject_type, change_type, cause, file_name from meta.change"
        ).fetchall()
    assert gone == [("document", "gone", "document", "一份 文件.txt")]


def test_an_acceptance_that_fits_nothing_is_said(sound, build_of, tmp_path):
    status, said = build_of(sound, tmp_path / "published.duckdb", "--accept", "county:130324")
    assert status == 0 and "No difference fits county:130324 (ACCEPT)" in said


def test_an_acceptance_of_nothing_known_is_a_wrong_call(sound, build_of, tmp_path):
    status, said = build_of(sound, tmp_path / "published.duckdb", "--accept", "130324")
    assert status == 2 and "names no difference" in said


def test_what_is_only_reported_stops_no_build(sound, damaged, build_of, tmp_path):
    damage = "update meta.build set rejected_document_count = 20"
    status, said = build_of(damaged(damage), tmp_path / "published.duckdb")
    assert status == 0
    assert "warehouse.rejected_files" in said and "staging.rejection all all (20 of 25 files)" in said
    assert published(tmp_path / "published.duckdb") == ("passed", None)


def test_pages_that_cannot_be_written_stop_no_build(sound, build_of, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(gate_pages, "place_of", lambda warehouse: tmp_path / "file" / "validation")
    status, said = build_of(sound, tmp_path / "published.duckdb")
    assert status == 0
    assert "The pages of the gate could not be written" in said


# The pages


@pytest.fixture(scope="session")
def pages(sound, tmp_path_factory) -> Path:
    published = tmp_path_factory.mktemp("pages") / "county.duckdb"
    shutil.copyfile(sound / "warehouse.duckdb", published)
    return check(sound, published).pages


def test_each_warehouse_has_pages_of_its_own(pages):
    assert pages.name == "county.validation"
    places = {gate_pages.place_of(Path(name)).name for name in ("a.duckdb", "a.db", "b.duckdb")}
    assert places == {"a.validation", "a.db.validation", "b.validation"}


def test_the_pages_lead_nowhere_and_run_nothing(pages):
    files = [path for path in pages.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".html"}
    assert len(files) > 2 * len(SUITES)
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"//|<script|<link|<img|<iframe|@import|url\(|\bon\w+=|http-equiv", text), path


def test_every_link_of_the_pages_leads_to_a_page(pages):
    for path in pages.rglob("*.html"):
        for target in re.findall(r'href="([^"#]+)', path.read_text(encoding="utf-8")):
            assert (path.parent / target).resolve().is_file(), f"{path}: {target}"


def test_the_first_page_lists_every_expectation_with_its_reason(pages):
    text = (pages / "index.html").read_text(encoding="utf-8")
    for asked in (asked for suite in SUITES.values() for asked in suite):
        assert f"<td>{asked.name}</td>" in text
        assert html.escape(asked.asserts) in text


def test_the_pages_open_in_a_browser_without_a_network(pages, tmp_path):
    browser = next((path for path in map(shutil.which, CHROMIUM) if path), None)
    if browser is None:
        pytest.skip("Chromium is not installed (Debian package chromium)")
    blocked = ["--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9"]
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command = [browser, *quiet, *blocked, "--dump-dom", (pages / "index.html").as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "发布前检查" in done.stdout and "budget_moved" in done.stdout


def test_a_failure_while_writing_leaves_the_old_pages(pages, sound, tmp_path, monkeypatch):
    published, folder = tmp_path / "docs" / "a.duckdb", tmp_path / "docs" / "a.validation"
    shutil.copytree(pages, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.html")}

    def fail(page):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(gate_pages, "offline", fail)
    assert "No space left" in check(sound, published).pages_fault
    assert {path: path.read_bytes() for path in folder.rglob("*.html")} == before
    assert [path.name for path in folder.parent.iterdir()] == ["a.validation"]


def test_a_page_is_made_to_call_no_one():
    page = (
        '<!DOCTYPE html><html><head><link href="https://cdn.example/a.css"><style>a{background:url(//x.example/a)}</style>'
        '<script src="https://cdn.example/a.js"></script></head><body onload="go()"><a href="https://x.example">x</a>'
        '<a href="b.html#top">b &lt; &amp;</a><img src="//x.example/p.gif"><p style="color: red">p</p></body></html>'
    )
    assert gate_pages.offline(page) == (
        f"<!DOCTYPE html><html><head><style>{gate_pages.STYLE}</style></head><body><a>x</a>"
        '<a href="b.html#top">b &lt; &amp;</a><p style="color: red">p</p></body></html>'
    )


@pytest.mark.parametrize(
    "body",
    [
        "<div><label>x</div><p>after</p>",
        "<div><button>x</div><p>after</p>",
        "<div><svg><g><path></div><p>after</p>",
        "<div><p><label>x</p></div><p>after</p>",
        "<div><label><button>x</label></div><p>after</p>",
        "<div><label>x<span>y</div></label></svg><p>after</p>",
        "</button></label><p>after</p>",
    ],
)
def test_an_unclosed_element_ends_with_its_parent(body):
    page = gate_pages.offline(f"<html><head></head><body>{body}</body></html>")
    assert page.endswith("<p>after</p></body></html>")
    assert not re.search("<(label|button|svg)|x", page.partition("<body>")[2])


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li><label>x<li>after</ul>",
        "<table><tr><td><label>x<td>after</table>",
        "<p><button>x<p>after",
        "<div><label>x<p>after",
        "<div><svg>x<div>after",
        "<script>a</script><SCRIPT src='a'>x<p>after",
        "<iframe>x<p>after",
        "<div><style>x</div><p>after",
        "<p>after<script",
    ],
)
def test_an_element_that_no_tag_ends_keeps_what_follows(body):
    page = gate_pages.offline(f"<html><head></head><body>{body}</body></html>").partition("<body>")[2]
    assert "after" in page
    assert not re.search("<(label|button|svg|script|iframe|style)", page)


def test_a_module_is_loaded_on_its_first_use(tmp_path, monkeypatch):
    (tmp_path / "seldom_used.py").write_text("print('loaded')\nvalue = 1")
    code = (
        "from warehouse.gate import late_import\n"
        "with late_import.on_first_use('seldom_used'):\n    import seldom_used\n"
        "print('imported')\nprint(seldom_used.value)"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["imported", "loaded", "1"]


# Other counties


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [path.name for path in sorted((ROOT / "tests" / "golden").iterdir()) if path.is_dir()] + ["invented"]
)
def test_sound_documents_of_any_county_are_green(name, tmp_path, capsys):
    """Each document alone, and all invented ones together, on a first build."""
    folder = tmp_path / "documents"
    folder.mkdir()
    golden = ROOT / "tests" / "golden"
    for source in sorted(golden.glob("invented-*" if name == "invented" else name)):
        text = source / "document.txt"
        shutil.copy(text if text.exists() else DOCUMENTS / f"{source.name}.txt", folder / f"{source.name}.txt")
    status = command_line.main(["build", "--documents", str(folder), "--warehouse", str(tmp_path / "warehouse.duckdb")])
    assert status == 0, capsys.readouterr().err
    assert published(tmp_path / "warehouse.duckdb") == ("passed", None)
