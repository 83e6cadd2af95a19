"""The file of rows that models keep: what a build takes from it, and what it leaves behind."""

from pathlib import Path

import duckdb
import pytest

from warehouse import kept_database, kept_models

WAREHOUSE = Path("w.duckdb")
TABLES = """
    create schema intermediate;
    create table intermediate.int_target_text (document_id varchar, target_text varchar);
"""
ROWS = {"a": ["≥95%", "3人"], "b": ["3人"], "c": ["5次"], "d": []}  # documents, each with its target texts


@pytest.fixture
def cache(tmp_path) -> Path:
    """A cache in which a build of ROWS left its file."""
    folder = tmp_path / "cache"
    candidate = prepared(tmp_path / "first", folder, ROWS)
    with duckdb.connect(str(candidate.parent / kept_models.FILE)) as connection:
        connection.execute(TABLES)
        for document_id, texts in ROWS.items():
            for text in texts:
                connection.execute("insert into intermediate.int_target_text values (?, ?)", [document_id, text])
    kept_models.keep(candidate, folder, WAREHOUSE)
    return folder


def prepared(private: Path, cache: Path, documents, changed: dict[str, str] | None = None, anew: bool = False) -> Path:
    """A candidate with these documents, some of them under another name than before, and the file of kept rows beside it."""
    private.mkdir()
    candidate = private / "w.duckdb"
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(
            "create schema staging; create table staging.document (document_id varchar, file_name varchar);"
            " create table staging.manifest (document_id varchar, source_url varchar)"
        )
        for document_id in documents:
            name = (changed or {}).get(document_id, document_id)
            connection.execute("insert into staging.document values (?, ?)", [document_id, name])
    kept_models.prepare(candidate, cache, WAREHOUSE, anew)
    return candidate


def changes(candidate: Path) -> dict[str, set[str]]:
    """What models are told: the documents to read, and the documents and texts whose rows go."""
    queries = {
        "to_read": "select document_id from changed.document",
        "forgotten": "from changed.forgotten",
        "texts": "from changed.forgotten_text",
    }
    with duckdb.connect(str(candidate.parent / kept_models.FILE)) as connection:
        return {name: {value for (value,) in connection.execute(query).fetchall()} for name, query in queries.items()}


def has_no_rows(candidate: Path) -> bool:
    """Whether all rows are to be made: no table is there, and nothing says which documents changed."""
    with duckdb.connect(str(candidate.parent / kept_models.FILE)) as connection:
        tables = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    return tables == [("meta.document",)]


def test_rows_of_many_documents_are_made_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_models, "PART", 3)
    candidate = prepared(tmp_path / "first", tmp_path / "cache", "gfedcba")
    assert parts(candidate) == ["abc", "de", "fg"]
    with duckdb.connect(str(candidate.parent / kept_models.FILE)) as connection:
        connection.execute(TABLES)
    kept_models.keep(candidate, tmp_path / "cache", WAREHOUSE)
    assert parts(prepared(tmp_path / "next", tmp_path / "cache", "gfedcbh")) == ["bcd", "ef", "gh"]


def parts(candidate: Path) -> list[str]:
    """The documents of each part."""
    with duckdb.connect(str(candidate.parent / kept_models.FILE)) as connection:
        found = connection.execute(
            "select string_agg(document_id, '' order by document_id) from part.document group by part_no order by part_no"
        )
        return [documents for (documents,) in found.fetchall()]


def test_unchanged_documents_keep_their_rows(cache, tmp_path):
    candidate = prepared(tmp_path / "next", cache, ROWS)
    assert changes(candidate) == {"to_read": set(), "forgotten": set(), "texts": set()}


def test_what_went_or_changed_leaves_and_a_shared_text_stays(cache, tmp_path):
    """a went, and 3人 is a text of b too; c has another name; e is new."""
    candidate = prepared(tmp_path / "next", cache, "bcde", {"c": "renamed"})
    assert changes(candidate) == {"to_read": set("ce"), "forgotten": set("ac"), "texts": {"≥95%", "5次"}}


def test_a_document_with_another_manifest_row_is_read(cache, tmp_path):
    candidate = prepared(tmp_path / "next", cache, ROWS)
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("insert into staging.manifest values ('a', 'address')")
    assert kept_models.prepare(candidate, cache, WAREHOUSE, False)
    assert changes(candidate)["to_read"] == {"a"}
    assert not kept_models.prepare(candidate, cache, WAREHOUSE, True)


@pytest.mark.parametrize("documents", ["a", "awxyz"])
def test_where_most_documents_are_others_all_rows_are_made(cache, tmp_path, documents):
    assert has_no_rows(prepared(tmp_path / "next", cache, documents)) == (documents == "awxyz")


def test_anew(cache, tmp_path):
    assert has_no_rows(prepared(tmp_path / "next", cache, ROWS, anew=True))


@pytest.mark.parametrize(
    "damage", [lambda content: content[:-100], lambda content: content[:5000] + b"x" + content[5001:]]
)
def test_a_damaged_file_is_removed_and_all_rows_are_made(cache, tmp_path, damage):
    (kept,) = cache.glob(f"{kept_models.KIND}*")
    kept.write_bytes(damage(kept.read_bytes()))
    assert has_no_rows(prepared(tmp_path / "next", cache, ROWS))
    assert not kept.exists()


def test_rows_of_other_code_are_not_kept(cache, tmp_path, monkeypatch):
    monkeypatch.setattr(kept_database, "code_version", lambda: "other")
    assert has_no_rows(prepared(tmp_path / "next", cache, ROWS))


def test_one_file_of_a_warehouse_is_kept(cache, tmp_path):
    for number in range(3):
        kept_models.keep(prepared(tmp_path / str(number), cache, "abcd"[: number + 2]), cache, WAREHOUSE)
    assert len(list(cache.glob(f"{kept_models.KIND}*"))) == 1
    for name in "123456":
        kept_models.keep(prepared(tmp_path / f"of-{name}", cache, ROWS), cache, Path(name))
    assert len(list(cache.glob(f"{kept_models.KIND}*"))) == kept_database.MOST_KEPT


def test_a_closed_folder_keeps_nothing_and_stops_nothing(cache, tmp_path):
    candidate = prepared(tmp_path / "next", cache, ROWS)
    kept_models.keep(candidate, tmp_path / "next" / "w.duckdb" / "no folder", WAREHOUSE)
    assert (candidate.parent / kept_models.FILE).exists()
