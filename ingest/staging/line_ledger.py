"""The line ledger of a document: every cell and every character, counted under what the reader took it for."""

from collections.abc import Iterator

from ingest.grid import NOISE, ROLES, UNEXPLAINED, VALUE, Grid, Rejection
from ingest.vocabulary.lexical import ink


def ledger_rows(document_id: str, grid: Grid) -> list[dict[str, object]]:
    """One row per role that occurs, and one for `unexplained`; the characters of all roles are the document's."""
    texts, blank, places = _cells_by_role(grid)
    filled = [grid.count(cells) for cells in texts]
    characters = [ink("".join(cells)) for cells in texts]
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


def _cells_by_role(grid: Grid) -> tuple[list[list[str]], list[int], dict[int, tuple[int, int]]]:
    """By role: the texts of its cells, the number of its blank cells, and its first and last row with text."""
    texts: list[list[str]] = [[] for _ in ROLES]
    blank = [0] * len(ROLES)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for row, roles in enumerate(grid.roles):
        cells = grid.cells[row]
        if isinstance(roles, int):
            filled = [cell for cell in cells if cell and not cell.isspace()]
            texts[roles] += filled
            blank[roles] += len(cells) - len(filled)
            if filled:
                first.setdefault(roles, row)
                last[roles] = row
            continue
        for cell, role in zip(cells, roles, strict=True):
            if cell and not cell.isspace():
                texts[role].append(cell)
                if role not in last:
                    first[role] = row
                last[role] = row
            else:  # a blank cell without a role belongs to a row that has one
                blank[VALUE if role == UNEXPLAINED else role] += 1
    return texts, blank, {role: (row, last[role]) for role, row in first.items()}


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
