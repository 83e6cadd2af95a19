"""What takes longer than three seconds says on standard error what it does; standard output has the result alone."""

from serve import ask, command_line
from serve.docs import checks, docs, site
from serve.metric import semantics
from warehouse import dbt_run


def test_an_export_names_its_steps(warehouse, tmp_path, capsys):
    assert command_line.main(["export", "--out", str(tmp_path / "out"), "--warehouse", str(warehouse)]) == 0
    out, error = capsys.readouterr()
    said = ["tables as Parquet and CSV", "writing jixiao.xlsx", "the data package and the checksums"]
    places = [error.find(text) for text in said]
    assert -1 not in places and places == sorted(places) and "writing" not in out


def test_the_first_metric_says_what_it_reads_before_it_reads_it(monkeypatch, tmp_path, capsys):
    def parse(candidate, private, command, progress):
        assert "the definitions of the metrics" in capsys.readouterr().err
        (private / "target").mkdir()
        (private / "target" / "semantic_manifest.json").write_text("{}", encoding="utf-8")

    monkeypatch.setattr(dbt_run, "invoke", parse)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert semantics._manifest() == "{}"
    assert semantics._manifest() == "{}" and capsys.readouterr().err == ""


def test_docs_name_each_page_before_it_is_made(warehouse, monkeypatch, tmp_path, capsys):
    said = []

    def heard(*_):
        said.append(capsys.readouterr().err.strip())
        return tmp_path

    def generate(candidate, private, command, progress):
        heard()
        (private / "target").mkdir()
        for name in ("static_index.html", "manifest.json"):
            (private / "target" / name).write_text("", encoding="utf-8")

    def lay_out(folder, *_):
        heard()
        (folder / "index.html").write_text("", encoding="utf-8")

    monkeypatch.setattr(dbt_run, "invoke", generate)
    monkeypatch.setattr(site, "write", lay_out)
    monkeypatch.setattr(docs, "write_dictionary", heard)
    monkeypatch.setattr(checks, "write", heard)
    assert command_line.main(["docs", "--out", str(tmp_path / "docs"), "--warehouse", str(warehouse)]) == 0
    assert said == [
        "writing the dictionary", "writing the page of checks", "reading the models, columns and lineage",
        "laying out the pages",
    ]  # fmt: skip


def test_a_terminal_shows_which_question_is_asked_and_then_the_answers_alone(warehouse, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert command_line.main(["ask", "all", "--warehouse", str(warehouse)]) == 0
    out, error = capsys.readouterr()
    names = list(ask.questions())
    moving = "".join(f"\r\x1b[Kanswering {name}, {number} of {len(names)}" for number, name in enumerate(names, 1))
    assert error == f"{moving}\r\x1b[K" and "answering" not in out


def test_a_pipe_gets_the_answers_and_no_progress(warehouse, capsys):
    assert command_line.main(["ask", "all", "--format", "json", "--warehouse", str(warehouse)]) == 0
    assert capsys.readouterr().err == ""
