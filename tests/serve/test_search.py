"""Search: what is asked is found where it stands, best first, and is never anything but text."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from serve import command_line
from serve.render import FORMATS
from serve.search import search
from serve.search.query import hits
from tests.support.reading import ROOT
from warehouse.search import index, text_words
from warehouse.search.words import asked
from warehouse.text_table import width

NASTY = [
    "'; drop table meta.search_word; --",
    "%",
    "_",
    "\\",
    ".*",
    "(?i)[",
    "污水' or '1'='1",
    "<b>污水</b>",
    "$needed",
    "{}",
    "\x1b[2J",
]


@pytest.fixture(scope="module")
def indexed(warehouse, tmp_path_factory) -> Path:
    """The five documents with their index."""
    path = tmp_path_factory.mktemp("检 索") / "仓库 b.duckdb"
    shutil.copyfile(warehouse, path)
    index.write(path)
    path.chmod(0o444)
    return path


@pytest.fixture(scope="module")
def invented(warehouse, tmp_path_factory) -> Path:
    """One current and one superseded document, with texts that could be taken for something else."""
    path = tmp_path_factory.mktemp("invented") / "invented.duckdb"
    texts = [
        "城市污水处理厂", "路灯电费", "稳庄110KV线路", "ＬＥＤ灯", "编码13020524P00U6E510007Y", "临机编-2012-154", "=污水",
        "坏\x1b[31m污水\u202e", "污水" + "很长的话" * 200, "费" * 100 + "排污管" + "费" * 100, "<b>污水</b>", "'; drop table 污水; --",
    ]  # fmt: skip
    shutil.copyfile(warehouse, path)
    with duckdb.connect(str(path)) as connection:
        old, new = connection.execute("select min(document_id), max(document_id) from staging.document").fetchone()
        connection.execute("update marts.dim_document set is_current = document_id <> ?", [old])
        for table in (
            "project",
            "goal",
            "indicator",
            "project_attribute",
            "indicator_attribute",
            "section",
            "section_item",
        ):
            connection.execute(f"delete from staging.{table}")
        connection.executemany(
            "insert into staging.project by name select ? as document_id, 1 as project_no, ? as project_name, 'L1' as source_ref",
            [(old, "旧项目"), (new, "新项目")],
        )
        connection.execute(
            "insert into staging.goal by name"
            " select ? as document_id, 1 as project_no, 1 as goal_no, '旧版的污水目标' as goal_text, 'L7' as source_ref",
            [old],
        )
        connection.executemany(
            "insert into staging.indicator by name"
            " select ? as document_id, 1 as project_no, ? as indicator_no, ? as level3_text, 'L1' as source_ref",
            [(new, number, text) for number, text in enumerate(texts, 1)],
        )
    index.write(path)
    return path


def found(warehouse: Path, text: str, **options) -> list[dict]:
    return json.loads(search.search(warehouse, text, limit=100, form="json", **options)[0])


def snippets(warehouse: Path, text: str, **options) -> list[str]:
    return [row["snippet"] for row in found(warehouse, text, **options)]


@pytest.mark.parametrize(
    ("text", "snippet"),
    [
        ("污水", "城市«污水»处理厂"), ("污水厂", "城市«污水»处理«厂»"), ("处理厂", "城市污水«处理厂»"), ("水处理", "城市污«水处理»厂"),
        ("灯", "路«灯»电费"), ("灯电", "路«灯电»费"), ("路灯 电费", "«路灯电费»"), ("电费路灯", "«路灯电费»"),
        ("110kv", "稳庄«110KV»线路"), ("110", None), ("１１０ＫＶ", "稳庄«110KV»线路"), ("led", "«ＬＥＤ»灯"),
        ("13020524p00u6e510007y", "编码«13020524P00U6E510007Y»"), ("2012", "临机编-«2012»-154"), ("2012-154", "临机编-«2012-154»"),
    ],
)  # fmt: skip
def test_a_word_is_found_however_a_dictionary_cuts(invented, text, snippet):
    assert snippet in snippets(invented, text) if snippet else snippets(invented, text) == []


def test_hits_of_the_five_documents_are_the_rows_that_hold_the_word(indexed):
    """Against a plain reading of the tables, for words of every length: one hit a row, with each of its texts that holds it."""
    with duckdb.connect(str(indexed), read_only=True) as connection:
        places = connection.execute(
            "select field, text, subject_type, document_id, project_id, goal_no, indicator_no, attribute_no, section_no, item_no"
            " from meta.search_place join meta.search_text using (text_id)"
        ).fetchall()
        for word in ("污水", "灯", "满意", "满意度", "费", "园区", "安全", "企"):
            read: dict[tuple, set[str]] = {}
            for field, text, *row in places:
                if word in text:
                    read.setdefault(tuple(row), set()).add(field)
            rows = hits(connection, word, 10_000)
            told = [sorted({row["kind"], *filter(None, row["also_in"].split(", "))}) for row in rows]
            assert sorted(told) == sorted(map(sorted, read.values())), word
            assert read and len(rows) == rows[0]["hit_count"], word


def test_a_row_whose_name_and_description_are_alike_is_one_hit(indexed):
    rows = [row for row in found(indexed, "污水处理量") if row["indicator_no"]]
    assert [(row["kind"], row["also_in"]) for row in rows] == [("indicator_name", "description")]
    table, _ = search.search(indexed, "污水处理量")
    assert table.count("«污水处理量»") == 1
    assert "三级指标 indicator、指标描述 description" in " ".join(table.split())


@pytest.mark.parametrize(
    ("text", "kind", "snippet"),
    [
        ("乐亭县", "county_name", "«乐亭县»"),
        ("山海关", "county_name", "«山海关»区"),
        ("运河园区管理委员会", "unit_name", "临西县«运河园区管理委员会»"),
        ("部门预算绩效文本", "document_title", None),
    ],
)
def test_a_county_a_unit_and_a_title_are_found_as_documents(indexed, text, kind, snippet):
    rows = [row for row in found(indexed, text) if kind in (row["kind"], *row["also_in"].split(", "))]
    assert rows and len({row["file_name"] for row in rows}) == len(rows)
    assert snippet is None or snippet in {row["snippet"] for row in rows}
    assert all(row["project_no"] is None and row["source_ref"].startswith("L1-") for row in rows)


def test_a_narrative_is_found_wherever_it_is_printed(indexed):
    rows = found(indexed, "保姆式")
    printed = (ROOT / "documents" / "laoting-development-zone-2023.txt").read_text(encoding="utf-8").splitlines()
    assert {row["source_ref"] for row in rows} == {f"L{no}" for no, line in enumerate(printed, 1) if "保姆式" in line}


def test_the_unit_of_a_form_is_found_where_it_is_not_that_of_the_document(warehouse, tmp_path):
    path = tmp_path / "units.duckdb"
    shutil.copyfile(warehouse, path)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update staging.project set unit_name = '路灯管理所' where project_no = 2 and document_id ="
                           " (select document_id from staging.document where file_name like 'laoting%')")  # fmt: skip
    index.write(path)
    (row,) = found(path, "路灯管理所")
    assert (row["kind"], row["project_no"]) == ("project_unit", 2)
    with duckdb.connect(str(path)) as connection:
        units = connection.execute("select count(*) from meta.search_place where field = 'project_unit'").fetchone()
        assert (
            units
            == connection.execute(
                "select count(*) from staging.project join staging.document using (document_id)"
                " where project.unit_name <> document.unit_name"
            ).fetchone()
        )


@pytest.mark.parametrize("columns", [20, 60, 80, 160])
def test_hits_fit_the_terminal(indexed, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    for text in ("污水", "开发区", "安全"):
        table, _ = search.search(indexed, text)
        assert max(map(width, table.split("\n"))) <= columns and "«" in table


def test_every_text_that_the_documents_print_is_in_the_index(indexed):
    with duckdb.connect(str(indexed), read_only=True) as connection:
        for field, (_, table, column, place) in index.FIELDS.items():
            missing = connection.execute(
                f"select document_id, {column}, {place} from staging.{table} where {column} is not null except all"
                " select document_id, text, source_ref from meta.search_place join meta.search_text using (text_id)"
                f" where field = '{field}'"
            ).fetchall()
            assert missing == [], field


def test_the_keys_of_the_index_hold(indexed):
    with duckdb.connect(str(indexed), read_only=True) as connection:
        place = "document_id, field, project_id, goal_no, indicator_no, attribute_no, section_no, item_no"
        for table, key in (("search_text", "text_id"), ("search_text", "text"), ("search_word", "word, text_id"),
                           ("search_place", place)):  # fmt: skip
            doubled = f"select {key} from meta.{table} group by {key} having count(*) > 1"
            assert connection.execute(doubled).fetchall() == [], table
        orphans = "select count(*) from meta.{} anti join meta.search_text using (text_id)"
        for table in ("search_word", "search_place"):
            assert connection.execute(orphans.format(table)).fetchone() == (0,)
        lengths = connection.execute(
            "select count(*) from meta.search_text where word_count <>"
            " (select sum(occurrence_count) from meta.search_word where search_word.text_id = search_text.text_id)"
        ).fetchone()
        assert lengths == (0,)


def test_the_same_documents_give_the_same_index(warehouse, indexed, tmp_path):
    again = tmp_path / "again.duckdb"
    shutil.copyfile(warehouse, again)
    index.write(again)
    index.write(again)
    with duckdb.connect() as connection:
        for name, path in (("first", indexed), ("second", again)):
            quoted = str(path).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} (read_only)")
        for table in index.TABLES:
            rows = [connection.execute(f"from {name}.meta.{table}").fetchall() for name in ("first", "second")]
            assert rows[0] == rows[1] and rows[0], table


def test_the_index_is_plain_tables_that_say_what_they_are(indexed):
    with duckdb.connect(str(indexed), read_only=True) as connection:
        assert connection.execute("select count(*) from duckdb_views() where not internal").fetchone() == (0,)
        listed = connection.execute(
            "select table_name, column_name, comment, unit, description_zh, description_en, duckdb_columns.data_type,"
            " grain_zh, grain_en"
            " from duckdb_columns() left join meta.column_dictionary using (schema_name, table_name, column_name)"
            " where schema_name = 'meta' and table_name like 'search\\_%' escape '\\'"
        ).fetchall()
        assert {(table, column) for table, column, *_ in listed} == {
            (table, column) for table, (_, columns) in index.TABLES.items() for column in columns
        }
        for table, column, comment, unit, zh, en, kind, grain_zh, grain_en in listed:
            assert comment == f"{zh} | {en}" and zh and en.isascii(), (table, column)
            assert grain_zh.startswith("每行") and re.match("one row per [a-z]", grain_en), table
            units = {"_count": "个 | count", "_no": "序号 | ordinal"}
            assert unit == next((units[end] for end in units if column.endswith(end)), "无 | none"), (table, column)
            assert kind in ("INTEGER", "VARCHAR"), (table, column)


def test_a_closer_hit_stands_higher(indexed):
    rows = found(indexed, "污水处理费")
    assert rows[0]["kind"] == "project_name" and rows[0]["snippet"] == "代征«污水处理费»费用"
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)


def test_a_hit_says_document_county_year_unit_and_place(indexed):
    row = next(row for row in found(indexed, "污水") if row["kind"] == "goal")
    assert row["file_name"] == "laoting-development-zone-2023.txt"
    assert (row["county_name"], row["fiscal_year"]) == ("乐亭县", 2023)
    assert row["unit_name"] == "河北乐亭经济开发区管理委员会"
    assert re.fullmatch(r"L\d+", row["source_ref"])
    lines = (ROOT / "documents" / row["file_name"]).read_text(encoding="utf-8").splitlines()
    assert "污水" in lines[int(row["source_ref"][1:]) - 1]


def test_an_item_of_part_one_is_found_with_its_document_and_place(indexed):
    row = next(row for row in found(indexed, "巡河率") if row["kind"] == "section_item")
    assert row["file_name"] == "laoting-development-zone-2023.txt"
    assert row["unit_name"] == "河北乐亭经济开发区管理委员会"
    assert (row["section_no"], row["item_no"], row["project_no"], row["project_name"]) == (2, 28, None, None)
    lines = (ROOT / "documents" / row["file_name"]).read_text(encoding="utf-8").splitlines()
    assert "巡河率" in lines[int(row["source_ref"][1:]) - 1]
    table, _ = search.search(indexed, "巡河率")
    assert "部门目标 department's goals" in " ".join(table.split()) and "None" not in table


def test_a_heading_of_a_section_is_found(indexed):
    assert "section_heading" in {row["kind"] for row in found(indexed, "保障措施")}


def test_current_documents_only_unless_all_are_asked_for(invented):
    assert "旧版的«污水»目标" not in snippets(invented, "污水")
    assert "旧版的«污水»目标" in snippets(invented, "污水", every_version=True)
    assert "ALL=1" in search.search(invented, "污水")[1]


@pytest.mark.parametrize("text", NASTY)
def test_what_is_asked_is_only_text(invented, text):
    before = invented.read_bytes()
    for form in FORMATS:
        search.search(invented, text, form=form)
    assert invented.read_bytes() == before


def test_text_that_looks_like_sql_or_markup_is_found_as_text(invented):
    assert snippets(invented, "'; drop table 污水; --") == ["'; «drop» «table» «污水»; --"]
    assert "<«b»>«污水»</«b»>" in snippets(invented, "<b>污水</b>")


def test_a_table_sends_no_control_character_to_the_terminal(invented):
    table, _ = search.search(invented, "坏")
    assert "污水" in table and not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", table)


def test_a_long_text_is_cut_around_what_was_found(invented):
    table, _ = search.search(invented, "排污管")
    line = table.splitlines()[0]
    assert "«排污管»" in line and line.count("…") == 2 and len(line) < 90


def test_csv_is_read_back_and_cannot_run(invented):
    text, _ = search.search(invented, "污水", form="csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["snippet"] for row in rows} >= {"'=«污水»", "城市«污水»处理厂"}


def test_without_a_hit_it_says_so_and_names_words_near(indexed, capsys):
    assert command_line.main(["search", "污氺", "--warehouse", str(indexed)]) == 0
    printed = capsys.readouterr().out
    assert "没有命中" in printed and "No hit" in printed and "污水" in printed
    assert command_line.main(["search", "13020524P0000", "--warehouse", str(indexed)]) == 0
    assert re.search(r"near: 13020524p0000\w+", capsys.readouterr().out)
    assert command_line.main(["search", "，。！", "--warehouse", str(indexed)]) == 0
    assert "没有可检索的字词" in capsys.readouterr().out


def test_without_a_question_or_an_index_it_says_what_to_do(indexed, tmp_path, capsys):
    assert command_line.main(["search", " ", "--warehouse", str(indexed)]) == 2
    assert "make search TEXT=" in capsys.readouterr().err
    with duckdb.connect(str(tmp_path / "bare.duckdb")) as connection:
        connection.execute("create schema meta; create table meta.build (build_id varchar)")
    assert command_line.main(["search", "污水", "--warehouse", str(tmp_path / "bare.duckdb")]) == 1
    assert "make build" in capsys.readouterr().err


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", ""])
def test_a_limit_that_is_none_is_refused(indexed, limit):
    assert command_line.main(["search", "污水", "--warehouse", str(indexed), "--limit", limit]) == 2


def test_a_limit_cuts_the_hits_and_the_note_counts_all(indexed):
    text, note = search.search(indexed, "污水", limit=3, form="json")
    assert len(json.loads(text)) == 3
    assert note.startswith("3 / ") and int(note.split()[2]) == len(found(indexed, "污水"))


def test_make_passes_the_question_on_as_it_is(indexed, tmp_path):
    trap = tmp_path / "trap"
    question = f"$(shell touch {trap}) `touch {trap}` 污水"
    options = [f"TEXT={question}", f"WAREHOUSE={indexed}", "FORMAT=json", "PYTHON=" + sys.executable]
    run = subprocess.run(["make", "-s", "search", *options], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [] and not trap.exists()


def test_the_statements_of_the_page_run_on_the_file_alone(indexed):
    page = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    statements = re.findall(r"```sql\n(.*?)```", page, re.S)
    plain = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    with duckdb.connect(str(indexed), read_only=True, config=plain) as connection:
        ranked, common = (connection.execute(statement).fetchall() for statement in statements)
    assert [row[2] for row in ranked][:1] == ["污水处理量"] and len(ranked) == len(found(indexed, "污水 处理"))
    assert len(common) == 20


def cut(*texts: str) -> list[dict[str, tuple[int, bool]]]:
    """The words of each text as the index keeps them, each with how often it stands there and whether it is a whole one."""
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as kept; create table texts (text_id integer, text varchar)")
        connection.executemany("insert into texts values (?, ?)", list(enumerate(texts)))
        text_words.keep(connection, "texts")
        found = connection.execute(
            "select text, word, occurrence_count, is_whole from kept.search.text"
            " join kept.search.word using (text_no) join kept.search.dictionary using (word_no)"
        ).fetchall()
    return [{word: (count, whole) for of, word, count, whole in found if of == text} for text in texts]


def test_a_text_and_a_question_are_cut_alike():
    texts = ("城市污水处理厂运行", "ＡB-12/c 3.60", "2023年12月底", "〇一二", "灯")
    for text, held in zip(texts, cut(*texts), strict=True):
        needed, further = asked(text)
        assert {word for parts in needed for word in parts} | set(further) <= set(held), text


def test_words_are_counted_as_they_stand():
    assert cut("污水和污水", "污水处理，污水处理A-1a-1", "𠀀污") == [
        {"污": (2, False), "水": (2, False), "和": (1, True), "污水": (2, True), "水和": (1, False), "和污": (1, False)},
        {
            "污": (2, False), "水": (2, False), "处": (2, False), "理": (2, False),
            "污水": (2, True), "水处": (2, False), "处理": (2, True), "污水处理": (2, True),
            "a-1a-1": (1, True), "a": (1, True), "1a": (1, True), "1": (1, True),
        },
        {"𠀀": (1, True), "污": (1, True), "𠀀污": (1, False)},
    ]  # fmt: skip


def test_a_long_run_is_cut_in_linear_time():
    (held,) = cut("污水" * 50_000)
    assert held["污水"] == (50_000, True) and held["水污"] == (49_999, False)


def test_the_dictionary_is_not_taken_from_a_shared_folder(tmp_path):
    """jieba loads <temporary folder>/jieba.cache as data of its own, or leaves one there: its dictionary is read otherwise."""
    program = "from warehouse.search.words import words_of_run; print(sorted(words_of_run('城市污水处理厂')))"
    (tmp_path / "jieba.cache").write_bytes(b"not a dictionary")
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, env={"TMPDIR": str(tmp_path)}
    )
    assert run.returncode == 0 and "城市污水" in run.stdout and run.stderr == ""
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
    assert (tmp_path / "jieba.cache").read_bytes() == b"not a dictionary"
