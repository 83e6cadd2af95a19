"""Files of old programs: one start of LibreOffice for many, and none takes the others with it."""

import pytest

from ingest.corpus import documents, workers
from ingest.readers import legacy
from ingest.readers.legacy import Source
from ingest.rejection_reasons import UnreadableError
from tests.support import hostile
from tests.support.fake_office import FakeOffice


@pytest.fixture
def office(tmp_path, monkeypatch):
    folder = tmp_path / "programs"
    folder.mkdir()
    office = FakeOffice(folder, b"good")
    monkeypatch.setenv("PATH", office.path)
    monkeypatch.setattr(legacy, "_ahead", {})
    monkeypatch.setattr(legacy, "_suspects", {})
    return office


def rtf(*texts: str) -> list[Source]:
    return [Source(rf"{{\rtf1 {text}}}".encode(), "rtf", "docx") for text in texts]


def reason(source: Source) -> str | None:
    try:
        assert legacy.convert(*source) == b"good" + source.content
    except UnreadableError as error:
        return error.reason
    return None


def test_many_files_are_converted_with_one_start(office):
    sources = rtf("a", "b", "c")
    legacy.convert_ahead(sources, 60)
    assert [reason(source) for source in sources] == [None] * 3
    assert office.starts == [3]
    assert reason(sources[0]) is None  # once more: it was handed out
    assert office.starts == [3, 1]


def test_one_file_is_not_converted_ahead(office):
    legacy.convert_ahead(rtf("a"), 60)
    assert office.starts == []


def test_files_behind_one_that_breaks_it_down_are_converted(office):
    sources = rtf("a", "CRASH 1", "b", "DAMAGED", "CRASH 2", "c")
    legacy.convert_ahead(sources, 60)
    assert office.starts == [6, 4, 2, 1]  # behind the damaged one, too, it starts again: nobody knows which it was
    assert [reason(source) for source in sources] == [None, "structure", None, "truncated", "structure", None]


def test_a_file_that_takes_too_long_is_ended(office):
    sources = rtf("a", "DAMAGED", "HANG", "b")
    legacy.convert_ahead(sources, 1.5)
    assert office.starts == [4, 2, 1]
    assert [reason(source) for source in sources] == [None, "truncated", "time_out", None]


@pytest.mark.parametrize("workers_wanted", [1, 2])
def test_a_folder_of_old_files_is_read_with_few_starts(office, tmp_path, monkeypatch, workers_wanted):
    (office.log.parent / "good").write_bytes(hostile.seeds()["docx"])
    monkeypatch.setattr(workers, "MOST_WORKERS", workers_wanted)
    folder = tmp_path / "documents"
    folder.mkdir()
    for at in range(12):
        (folder / f"{at:02}.rtf").write_bytes(b"{\\rtf1 CRASH}" if at == 7 else b"{\\rtf1 %d}" % at)
    (folder / "08.docx").write_bytes(hostile.seeds()["docx"])
    surveys = [documents.survey(file) for file in documents.list_files(folder)]
    found = list(workers.readings(surveys, tmp_path))
    assert [each.error.reason if each.error else each.rows["document"][0]["file_name"] for each in found] == [
        survey.file.name if survey.file.name != "07.rtf" else "structure" for survey in surveys
    ]
    assert (
        len(office.starts) == workers_wanted + 2
    )  # each batch, behind the one that breaks it down, and that one alone
