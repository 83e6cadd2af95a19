"""The line ledger of a document: every cell and every character, counted under what the reader took it for."""

from collections.abc import Iterator

from ingest.grid import NOISE, ROLES, UNEXPLAINED, VALUE, Grid, Rejection
from ingest.vocabulary.lexical import ink


def ledger_rows(document_id: str, grid: Grid) -> list[dict[str, object]]:
    """One row per role that occurs, and one for `unexplained`; the characters of all roles are the document's."""
    cells, rows = _by_role(grid)
    texts = [[cell for cell in found if cell and not cell.isspace()] for found in cells]
    filled = [grid.count(found) for found in texts]
    blank = [len(found) - len(text) for found, text in zip(cells, texts, strict=True)]
    characters = [ink("".join(found)) for found in texts]
    places = {role: _place(grid, role, rows[role]) for role, found in enumerate(texts) if found}
    for role, to, count in grid.moved_characters:
        characters[role] -= count
        characters[to] += count
        places.setdefault(to, places[role])
    filled[NOISE] += grid.noise_cells
    characters[NOISE] += grid.noise_characters
    return [
        {
            "document_id": document_id,
            "source_ref": grid.rows_ref(*places[role]) if role in places else grid.whole_ref(),
            "line_role": name,
            "cell_count": filled[role],
            "blank_cell_count": blank[role],
            "character_count": characters[role],
        }
        for role, name in enumerate(ROLES)
        if filled[role] or blank[role] or characters[role] or role == UNEXPLAINED
    ]


def _by_role(grid: Grid) -> tuple[list[list[str]], list[list[int]]]:
    """By role: its cells, and the rows that have some."""
    cells: list[list[str]] = [[] for _ in ROLES]
    rows: list[list[int]] = [[] for _ in ROLES]
    for row, (roles, here) in enumerate(zip(grid.roles, grid.cells, strict=True)):
        if isinstance(roles, int):
            cells[roles] += here
            rows[roles].append(row)
            continue
        for cell, role in zip(here, roles, strict=True):
            if role == UNEXPLAINED and not cell.strip():  # a blank cell without a role belongs to a row that has one
                role = VALUE
            cells[role].append(cell)
            rows[role].append(row)
    return cells, rows


def _place(grid: Grid, role: int, rows: list[int]) -> tuple[int, int]:
    """The first and the last of some rows in which a cell of the role has text."""
    first = next(row for row in rows if _has_text(grid, row, role))
    return first, next(row for row in reversed(rows) if _has_text(grid, row, role))


def _has_text(grid: Grid, row: int, role: int) -> bool:
    roles = grid.roles[row]
    return any(
        cell.strip()
        for at, cell in enumerate(grid.cells[row])
        if (roles if isinstance(roles, int) else roles[at]) == role
    )


def unexplained(grid: Grid) -> Iterator[Rejection]:
    """One rejection per row with text that no step of the reader gave a role."""
    for row, roles in enumerate(grid.roles):
        if roles == UNEXPLAINED:
            left = grid.cells[row]
        elif isinstance(roles, list) and UNEXPLAINED in roles:
            left = [cell for cell, role in zip(grid.cells[row], roles, strict=True) if role == UNEXPLAINED]
        else:
            continue
        text = "\t".join(left).strip()
        if text:
            message = "No step of the reader accounts for this text."
            yield Rejection(grid.rows_ref(row, row), "read", "structure", message, text)
