"""Text files in every encoding that is met, whole and damaged: the same text, the same line numbers, the loss reported."""

import pytest

from ingest.limits import LINE_CHARACTERS
from ingest.readers.text import reader as text_reader
from ingest.rejection_reasons import UnreadableError
from tests.support.reading import NAMES, document_path

TEXT = "1.安全绩效目标表\n\t项目编码\n\t13022523P00L02410032K\n\t20.00\n" * 20
LINES = TEXT.split("\n")
HEAVY = "绩效目标文本说明。" * 400 + "\n"  # next to nothing of ASCII
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [TEXT, HEAVY, "A" + HEAVY, TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\r")])
def test_chinese_text_is_decoded_whatever_its_encoding(text, encoding):
    assert text_reader.decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", NAMES)
def test_the_documents_are_decoded_whatever_their_encoding(name, encoding):
    text = document_path(name).read_bytes().decode()
    assert text_reader.decode(text.encode(encoding)) == (text, encoding)


def test_big_endian_text_with_a_mark():
    assert text_reader.decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == (TEXT, "utf-16")


def test_plain_ascii_with_a_nul_is_not_taken_for_pairs_of_bytes():
    text = "project,budget,unit\n" * 40
    assert text_reader.decode(text.encode()[:301] + b"\0" + text.encode()[301:]) == (text, "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_stray_bytes_leave_the_encoding_alone_and_are_reported_by_line(encoding):
    lines = [line.encode("utf-8" if encoding == "utf-8-sig" else encoding) for line in LINES]
    lines[4] = b"\xff\xff" + lines[4]
    lines[11] += b"\xff"
    mark = b"\xef\xbb\xbf" if encoding == "utf-8-sig" else b""
    grid = text_reader.read(mark + b"\n".join(lines))
    assert grid.encoding == encoding
    assert [fault[:3] for fault in grid.faults] == [("L5", "decode", "bad_bytes"), ("L12", "decode", "bad_bytes")]
    assert "ff ff" in grid.faults[0][3] and "\ufffd\ufffd" in grid.faults[0][4]
    assert grid.faults[1][4] == LINES[11] + "\ufffd"
    assert sum(cell.count("\ufffd") for cells in grid.cells for cell in cells) == 3


def test_damaged_utf_8_that_happens_to_be_whole_in_gb18030_stays_utf_8():
    content = "项目名称\n".encode() * 30 + b"\x81\x81\n"
    assert content.decode("gb18030")
    assert text_reader.decode(content) == ("项目名称\n" * 30 + "\ufffd\ufffd\n", "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_nuls_are_left_out_and_reported(encoding):
    content = TEXT.encode(encoding).replace("编".encode(encoding), b"\0" + "编".encode(encoding), 2)
    grid = text_reader.read(content)
    assert grid.cells == text_reader.read_text(TEXT).cells
    assert [(fault[0], fault[4]) for fault in grid.faults] == [("L2", "\t项目编码"), ("L6", "\t项目编码")]
    assert " 00." in grid.faults[0][3]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_half_a_pair_and_half_a_unit_of_utf_16_are_reported(encoding):
    damaged = TEXT.replace("20.00", "20.0\ud83d0", 1)
    content = damaged.encode(encoding, "surrogatepass") + b"\x0a"
    grid = text_reader.read(content)
    assert [fault[0] for fault in grid.faults] == ["L4", f"L{len(LINES)}"]
    assert "d83d" in grid.faults[0][3]


def test_a_character_lost_by_an_earlier_conversion_is_reported():
    grid = text_reader.read(TEXT.replace("安全", "安\ufffd", 1).encode())
    assert [fault[0] for fault in grid.faults] == ["L1"]


def test_a_file_cut_inside_a_character_is_read_to_there():
    grid = text_reader.read(TEXT.encode() + "项".encode()[:2])
    assert [fault[0] for fault in grid.faults] == [f"L{len(LINES)}"]


@pytest.mark.parametrize(
    "content",
    [
        "项目".encode() + b"\xff\xff\xff",
        bytes(range(256)) * 40,
        b"\0" * 500,
        b"\x7fELF" + b"\0\1\2\3" * 300,
        TEXT.encode() + b"\xff" * 60,
        TEXT.encode("gb18030") + b"\xff" * 60,
        TEXT.encode() + b"\0" * 60,
        b"\xff\xfe" + b"\x00\xd8" * 100,
    ],
)
def test_bytes_that_are_no_text_are_refused_with_a_next_step(content):
    with pytest.raises(UnreadableError) as refused:
        text_reader.read(content)
    assert (refused.value.stage, refused.value.reason) == ("decode", "bad_bytes")
    assert "UTF-8" in refused.value.next_step


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_by_their_ends(end):
    grid = text_reader.read("标题\n\n项目编码\t1\n\n注".replace("\n", end).encode())
    assert (grid.lines, grid.last_line) == ([1, 3, 5], 5)


def test_lines_of_mixed_ends_are_counted():
    assert text_reader.read("甲\r\n乙\r丙\n丁".encode()).lines == [1, 2, 3, 4]


@pytest.mark.parametrize("sign", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_other_sign_ends_a_line(sign):
    grid = text_reader.read(f"甲{sign}乙\n{sign}\n丙".encode())
    assert (grid.lines, grid.last_line) == ([1, 3], 3)


def test_an_endless_line_is_refused():
    with pytest.raises(UnreadableError) as refused:
        text_reader.read(b"a" * (LINE_CHARACTERS + 1))
    assert refused.value.reason == "too_large"
