"""One file to the rows of the staging tables, or to its rejection. Whatever a reader raises becomes a rejection."""

import errno
import gc
from dataclasses import dataclass, field, replace

from ingest.corpus import documents, time_limit
from ingest.corpus.documents import Survey
from ingest.grid import Grid, Rejection
from ingest.limits import LIGHT_SECONDS
from ingest.parser_version import parser_version
from ingest.readers import format_detection
from ingest.readers.format_detection import FORMATS
from ingest.readers.text import decoding
from ingest.rejection_reasons import UnreadableError, changing, memory, too_deep
from ingest.staging.rows import RAW_TEXT_LIMIT, Packed, Row, Rows, document_rows, rejection

NO_FORM = (
    "form", "no_form", "No project form (绩效目标表) was found: no label 项目编码 or 项目名称 with a budget or indicators behind it.",
    "Check that the file is a 部门预算绩效文本 and that its tables survived the conversion to text.",
)  # fmt: skip
ONLY_LIST = (
    "form", "no_form", "No project form (绩效目标表) was found, only a list of projects (项目名称 and amounts side by side).",
    "Fetch the 绩效目标表 of the projects; a list has no goals and no indicators.",
)  # fmt: skip
FULL_DISK = (errno.ENOSPC, errno.EDQUOT)
DETAIL_CHARACTERS = 300  # of what a library says of a fault


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of a file: rows by staging table, or the error that says why there are none."""

    rows: Rows = field(default_factory=dict)
    characters: int = 0  # of the text that was read
    error: UnreadableError | None = None
    document_id: str | None = None  # of a text without a form: nothing else that is rejected was read
    raw_text: str = ""
    is_changed: bool = False  # the file is not what its survey saw, and was not read
    batch: Packed | None = None  # has the rows beside those of other documents, where a worker read several texts

    def without_rows(self) -> "Reading":
        """The same, to be kept for long."""
        return replace(self, rows={}, batch=None)

    def rejection(self, file_name: str) -> Row:
        """The row of `rejection` for the error; only for a file without rows."""
        error = self.error
        assert error, "a file with rows has no rejection"
        found = Rejection(None, error.stage, error.reason, error.message, self.raw_text)
        return rejection(file_name, self.document_id, found, error.next_step)


def read_file(survey: Survey) -> Reading:
    """The reading of a file, if it is what its survey saw. Raises MemoryError, so that a worker can end with it."""
    try:
        content = documents.read_bytes(survey.file)
    except UnreadableError as error:
        return Reading(error=error, is_changed=True)
    if documents.sha256(content) != survey.sha256:
        return Reading(error=changing(), is_changed=True)
    return read(survey.file.name, content)


def read(file_name: str, content: bytes) -> Reading:
    """The reading of the bytes of a file. Raises MemoryError, and OSError of a full disk: no fault of the document."""
    grid = text = None
    digest = documents.sha256(content)
    try:
        file_format = format_detection.detect(content)
        grid = FORMATS[file_format].read(content)
        text = _text(grid)
        rows, facts = document_rows(digest[:16], file_name, grid)
        del facts["other_form_count"]
        other, has_list = facts.pop("other_form"), facts.pop("has_list")
        if not facts["project_count"]:
            no_form = ONLY_LIST if has_list else NO_FORM
            raise UnreadableError(*(("form", "other_form", other.message, other.next_step) if other else no_form))
    except Exception as error:
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in FULL_DISK):
            raise
        raw_text = (text or "").strip()[:RAW_TEXT_LIMIT]
        return Reading(
            error=_unreadable(error), document_id=digest[:16] if grid is not None else None, raw_text=raw_text
        )
    own = {
        "document_id": digest[:16],
        "file_name": file_name,
        "file_sha256": digest,
        "file_bytes": len(content),
        "file_format": file_format,
        "encoding": grid.encoding,
        "parser_version": parser_version(),
    }
    rows["document"] = [own | facts]
    return Reading(rows, len(text))


def read_light(survey: Survey) -> Reading:
    """The reading of a file that needs no worker: if time or memory runs out, that is its rejection."""
    try:
        return read_in_time(survey)
    except MemoryError:
        return Reading(error=memory())


def read_in_time(survey: Survey) -> Reading:
    """The reading of a small file; if its time runs out, that is its rejection. Raises MemoryError."""
    is_collecting = gc.isenabled()
    gc.disable()  # what is read has few circles of references, and to look for them takes a tenth of the time
    try:
        return time_limit.within(LIGHT_SECONDS, lambda: read_file(survey))
    except UnreadableError as error:
        return Reading(error=error)
    finally:
        if is_collecting:
            gc.enable()


def _text(grid: Grid) -> str:
    """The text of a grid, one line per row. Replaces in the grid what UTF-8 has no bytes for: DuckDB could not store it."""
    text = "\n".join(["\t".join(cells).strip() for cells in grid.cells])
    if decoding.is_damaged(text):
        grid.cells = [list(map(decoding.mended, cells)) for cells in grid.cells]
        text = decoding.mended(text)
    return text


def _unreadable(error: Exception) -> UnreadableError:
    if isinstance(error, UnreadableError):
        return error
    if isinstance(error, RecursionError):
        return too_deep()
    detail = decoding.mended(" ".join(f"{type(error).__name__}: {error}".split()))[:DETAIL_CHARACTERS]
    message = f"The reader failed on this document ({detail})."
    return UnreadableError("read", "structure", message, "Report the document; the others were read.")
