"""The history over builds with their models: a draft, its re-issue, a removal, a return, other figures."""

import duckdb
import pytest

from serve import command_line
from tests.models.test_reissues import document
from tests.support.layouts import as_cells
from tests.warehouse.history import test_change as changes

UNIT, OTHER = "479002河北乐亭县城管局", "479001乐亭县路灯所"
DRAFT, FINAL = "2023年部门预算绩效文本（草案）", "2023年部门预算绩效文本（批复）"
# what each build adds, by name; None takes the file away
STEPS: list[dict[str, bytes | None]] = [
    {"甲.txt": document(UNIT, DRAFT), "乙.txt": document(OTHER, FINAL), "丙.txt": document(OTHER, FINAL, "绿化养护")},
    {"丁.txt": document(UNIT, FINAL).replace(b"25", b"26")},
    {"丁.txt": None, "空.txt": b""},
    {
        "丁.txt": document(UNIT, FINAL, layout=as_cells),
        "空.txt": None,
        "manifest.csv": "file_name,source_url\n乙.txt,https://example.org/b\n".encode(),
    },
]


@pytest.mark.slow
def test_the_history_of_builds_is_complete(tmp_path, capsys):
    documents, warehouse, previous = tmp_path / "documents", tmp_path / "w.duckdb", tmp_path / "previous.duckdb"
    documents.mkdir()
    for number, step in enumerate(STEPS):
        for name, content in step.items():
            if content is None:
                (documents / name).unlink()
            else:
                (documents / name).write_bytes(content)
        if number:
            previous.unlink(missing_ok=True)
            previous.write_bytes(warehouse.read_bytes())
        status = command_line.main(["build", "--documents", str(documents), "--warehouse", str(warehouse), "--force"])
        assert status == 0, capsys.readouterr().err
        if number:
            said = capsys.readouterr().out
            assert "Because of documents that came, went or changed" in said and "Because of the" not in said
            changes.check_complete(previous, warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        causes = connection.execute("select distinct file_name, cause from meta.change order by all").fetchall()
        builds = connection.execute("select count(distinct valid_from_build) from meta.project_history").fetchone()
    assert causes == [("丁.txt", "document"), ("乙.txt", "document"), ("甲.txt", "document"), ("空.txt", "document")]
    assert builds == (4,)
