"""Plain text, as word processors and converters write it: a table as one cell per line or one row per line.

One cell per line: each cell a line that begins with a TAB, rows apart by an empty line. One row per line: the cells
between TABs. Which of the two, each block of lines says for itself; a line that could be either follows the last block.
"""

import re

from ingest.grid import CELLS, ROW, TEXT, Grid
from ingest.limits import LINE_CHARACTERS
from ingest.readers.text import decoding
from ingest.readers.text.layouts import LINE_IN_CELL, with_tabs
from ingest.rejection_reasons import too_large
from ingest.vocabulary.lexical import ink
from ingest.vocabulary.noise import split_inline

FEWEST_CELLS_BELOW_ROWS = 3  # fewer may be rows with a text in their second column only
MOST_BLOCKS_AHEAD = 6  # that a line which could be either looks at
LONGEST_RUN = 2_000  # cells without an empty line between; the forms seen have 14
BLANK_LINES = re.compile(r"(\n(?:[^\S\t\n]*\n)+)")


def decode(content: bytes) -> tuple[str, str]:
    """The text and its encoding; U+FFFD for a stray byte, NULs left out. Raises UnreadableError where this is no text."""
    text, encoding = decoding.transcribe(content)
    return decoding.mended(text), encoding


def read(content: bytes) -> Grid:
    """The grid of a text file, with its encoding and damaged lines. Raises UnreadableError: bad_bytes, too_large."""
    text, encoding = decoding.transcribe(content)
    text = _with_line_feeds(text)
    faults = decoding.faults(text)
    longest = max(map(len, text.split("\n"))) if len(text) > LINE_CHARACTERS else 0
    if longest > LINE_CHARACTERS:
        raise too_large("Characters of a line", longest, LINE_CHARACTERS)
    grid = read_text(decoding.mended(text) if faults else text)
    grid.encoding, grid.faults = encoding, faults
    return grid


def read_text(text: str) -> Grid:
    """The grid of a text: paragraphs, rows and runs of cells, with line numbers from 1."""
    grid = Grid()
    text = _with_line_feeds(text).replace("\f", "")
    text = _without_inline_noise(text.rstrip("\n"), grid)
    text = _with_tabs(text, grid)
    grid.last_line = text.count("\n") + 1
    line, gap, layout = 1, 0, CELLS
    parts = [*BLANK_LINES.split(text), ""]
    for at in range(0, len(parts), 2):
        block, breaks, blank_breaks = parts[at], parts[at].count("\n"), parts[at + 1].count("\n")
        if not block.isspace() or "\t" in block:
            if layout == ROW and not breaks and _is_cell(block) and _cells_follow(parts, at + 2):
                layout = CELLS
            if block:
                layout = _add_block(grid, block, breaks, line, gap, layout)
            gap = 0
        line += breaks + blank_breaks
        gap += blank_breaks - 1
    return grid


def _with_tabs(text: str, grid: Grid) -> str:
    """The text with TABs between the cells of its tables; what drew the tables is noise."""
    tabbed = with_tabs(text)
    if tabbed is not text:
        grid.noise_characters += ink(text) - ink(tabbed)
    return tabbed


def _with_line_feeds(text: str) -> str:
    """CR and CRLF as LF: nothing else ends a line, or line numbers would not be those of an editor."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _cells_follow(parts: list[str], at: int) -> bool:
    """Whether the next block of a table has one cell per line: then a line before it that could be either is a cell."""
    blocks = [parts[part] for part in range(at, min(at + 2 * MOST_BLOCKS_AHEAD, len(parts)), 2) if "\t" in parts[part]]
    block = next((block for block in blocks if "\n" in block or not _is_cell(block)), "")
    return 1 < block.count("\t") == block.count("\n\t") + (block[:1] == "\t")


def _without_inline_noise(text: str, grid: Grid) -> str:
    text, changed = split_inline(text)
    grid.noise_characters = sum(ink(before) - ink(after) for before, after in changed)
    grid.noise_cells = sum(_filled(before) - _filled(after) for before, after in changed)
    return text


def _filled(line: str) -> int:
    return sum(1 for cell in line.split("\t") if cell.strip())


def _add_block(grid: Grid, block: str, breaks: int, line: int, gap: int, layout: int) -> int:
    """Add the rows of a block of lines, parted by `breaks` line feeds and no blank one; returns the layout it shows."""
    tabs = block.count("\t")
    if not tabs:
        for text in block.split("\n"):
            grid.add(TEXT, [text], line, gap)
            line, gap = line + 1, 0
        return layout
    if block[0] == "\t" and tabs == block.count("\n\t") + 1 and (tabs > 1 or layout == CELLS):
        _add_run(grid, block[1:].split("\n\t"), breaks - tabs + 1, line, gap)
        return CELLS
    return _add_mixed_block(grid, block.split("\n"), line, gap, layout)


def _add_mixed_block(grid: Grid, lines: list[str], line: int, gap: int, layout: int) -> int:
    """Add a block in which not every line is a cell; two forms in it without an empty line may have two layouts."""
    rowish = [_is_row(text) for text in lines]
    cut = _layout_change(lines, rowish)
    if cut:
        layout = _add_mixed_block(grid, lines[:cut], line, gap, layout)
        return _add_mixed_block(grid, lines[cut:], line + cut, 0, layout)
    cellish = sum(1 for text, is_row in zip(lines, rowish, strict=True) if text[:1] == "\t" and not is_row)
    if any(rowish):
        layout = ROW if sum(rowish) >= cellish else CELLS
    elif sum(1 for text in lines if text[:1] == "\t" and "\t" not in text[1:]) > 1:
        layout = CELLS
    run: list[str] = []
    run_line = line
    for at, (text, is_row) in enumerate(zip(lines, rowish, strict=True), line):
        if "\t" in text and (is_row or layout == ROW):
            if run:
                _add_run(grid, run, _breaks(run), run_line, gap)
                run, gap = [], 0
            cells = text.split("\t")
            grid.add(
                ROW, [cell.replace(LINE_IN_CELL, "\n") for cell in cells] if LINE_IN_CELL in text else cells, at, gap
            )
            gap = 0
        elif text[:1] == "\t":
            run_line = run_line if run else at
            run.append(text[1:])
        elif run:
            run[-1] += "\n" + text
        else:
            grid.add(TEXT, [text], at, gap)
            gap = 0
    if run:
        _add_run(grid, run, _breaks(run), run_line, gap)
    return layout


def _layout_change(lines: list[str], rowish: list[bool]) -> int:
    """Where the lines of a block stop being cells and become rows, or the other way round; 0 where they do not."""
    if True not in rowish:
        return 0
    first, end = rowish.index(True), len(rowish) - rowish[::-1].index(True)
    if sum(map(_is_cell, lines[:first])) > 1:
        return first
    return end if sum(map(_is_cell, lines[end:])) >= FEWEST_CELLS_BELOW_ROWS else 0


def _is_cell(line: str) -> bool:
    return line[:1] == "\t" and "\t" not in line[1:]


def _add_run(grid: Grid, cells: list[str], breaks: int, line: int, gap: int) -> None:
    """Add a run of cells, with `breaks` line feeds inside them.

    An endless one is added in parts, so that the time to take rows off it stays in proportion.
    """
    if len(cells) <= LONGEST_RUN:
        grid.add(CELLS, cells, line, gap, breaks > 0)
        return
    for first in range(0, len(cells), LONGEST_RUN):
        part = cells[first : first + LONGEST_RUN]
        breaks = _breaks(part)
        grid.add(CELLS, part, line, gap, breaks > 0)
        line, gap = line + len(part) + breaks, 0


def _breaks(cells: list[str]) -> int:
    return sum(cell.count("\n") for cell in cells)


def _is_row(line: str) -> bool:
    """Whether a line can only be a row of cells: text in two cells, or behind more than one TAB."""
    if "\t" not in line:
        return False
    cells = line.split("\t")
    filled = [column for column, cell in enumerate(cells) if cell.strip()]
    return len(filled) > 1 or bool(filled and filled[0] > 1)
