"""Compound files that are damaged or hostile: the format is still found, and within bounds."""

import struct
import time
import tracemalloc

import pytest

from ingest.readers import format_detection
from ingest.readers.shared import compound_file
from ingest.rejection_reasons import UnreadableError
from tests.support.compound_file import written

XLS = {"Workbook": b"\x09\x08" * 9_000, "SummaryInformation": b""}
EMBEDDING = XLS | {"MBD0001": {"WordDocument": b"\xec\xa5"}}
MEGABYTE = 1024**2


def with_header(content: bytes, at: int, form: str, *values: int) -> bytes:
    """The file with other values from a place of its header on."""
    changed = bytearray(content)
    struct.pack_into(form, changed, at, *values)
    return bytes(changed)


def without_allocation(content: bytes) -> bytes:
    """The file with a table of sectors that says nothing."""
    first = struct.unpack_from("<I", content, 76)[0]
    at = (first + 1) * 512
    return content[:at] + b"\xff" * (len(content) - at)


def with_cycle(content: bytes) -> bytes:
    """The file with a directory whose last sector leads to its first."""
    directory = struct.unpack_from("<I", content, 48)[0]
    first = struct.unpack_from("<I", content, 76)[0]
    return with_header(content, (first + 1) * 512 + 4 * directory, "<I", directory)


def test_a_stream_of_a_storage_is_none_of_the_root():
    assert list(compound_file.root_streams(written(EMBEDDING), ("WordDocument", "Workbook"))) == ["Workbook"]


def test_the_first_bytes_of_a_stream_come_with_its_name():
    found = compound_file.root_streams(written(XLS), ("Workbook", "SummaryInformation"))
    assert found["Workbook"] == (XLS["Workbook"])[: compound_file.HEAD_BYTES]


@pytest.mark.parametrize("damaged", [without_allocation(written(XLS)), with_cycle(written(XLS)), written(XLS)[:-512]])
def test_a_damaged_file_has_the_format_that_its_names_tell(damaged):
    assert format_detection.detect(damaged) == "xls"


def test_a_file_cut_off_before_its_directory_is_truncated_or_no_document():
    reasons = set()
    for end in range(512, len(written(XLS)) - 1024, 512):
        with pytest.raises(UnreadableError) as caught:
            format_detection.detect(written(XLS)[:end])
        reasons.add(caught.value.reason)
    assert reasons == {"truncated", "wrong_kind"}


@pytest.mark.parametrize(
    "hostile",
    [
        with_header(written(XLS), 30, "<H", 65_535),  # sectors larger than any memory
        with_header(written(XLS), 30, "<H", 0),
        with_header(written(XLS), 44, "<I", 2**32 - 1),  # a table of sectors without an end
        with_header(with_header(written(XLS), 44, "<I", 2**32 - 1), 68, "<II", 0, (2**32 - 1 - 109) // 127 + 1),
        with_cycle(written(XLS) + bytes(16 * MEGABYTE)),
        written({"Workbook": b"x"} | {f"stream {number}": b"" for number in range(3_000)}),  # 3,000 siblings deep
    ],
    ids=["large-sectors", "small-sectors", "large-table", "endless-table", "cycle", "deep"],
)
def test_a_hostile_header_costs_neither_time_nor_memory(hostile):
    tracemalloc.start()
    started = time.process_time()
    assert format_detection.detect(hostile) == "xls"
    assert time.process_time() - started < 3
    assert tracemalloc.get_traced_memory()[1] < 3 * len(hostile) + MEGABYTE
    tracemalloc.stop()
