"""Files of old programs (doc, wps, rtf, xls, et): LibreOffice saves them as docx or xlsx, whose readers read that.

LibreOffice is optional. Its start costs more than most documents: where several are to be read, one start converts them.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.readers import libreoffice
from ingest.rejection_reasons import SAVE_AGAIN, UnreadableError, time_out, truncated


class Source(NamedTuple):
    """A document, its format, and the format that it is to be saved as."""

    content: bytes
    file_format: str
    target: str


_ahead: dict[bytes, Path] = {}  # what documents were converted to ahead, by the hash of their content
# Within how many seconds those are to be tried alone that may have kept others waiting.
_suspects: dict[bytes, float] = {}


def convert(content: bytes, file_format: str, target: str) -> bytes:
    """The same document in the format `target`. Raises UnreadableError: converter_missing, truncated, structure, time_out."""
    if libreoffice.program() is None:
        message = f"A file of an old format ({file_format}) is read through LibreOffice, which is not installed."
        step = (
            "Install LibreOffice (Debian packages libreoffice-writer-nogui and -calc-nogui), or save the file as docx."
        )
        raise UnreadableError("open", "converter_missing", message, step)
    kept = _ahead.pop(_hash(content), None)
    if kept is not None:
        converted = kept.read_bytes()
        kept.unlink()
        return converted
    seconds = _suspects.pop(_hash(content), None)
    with libreoffice.Folder() as folder:
        source = folder.add(content, file_format)
        status = folder.convert([source], target, seconds)
        if status is None and seconds is not None:
            raise time_out(seconds)
        if status:
            message = f"LibreOffice broke down on it (status {status}), or needed too much memory."
            raise UnreadableError("read", "structure", message, SAVE_AGAIN)
        if not source.with_suffix(f".{target}").exists():
            raise truncated(f"LibreOffice cannot open it as {file_format}")
        return source.with_suffix(f".{target}").read_bytes()


def convert_ahead(sources: Sequence[Source], seconds: float) -> None:
    """Convert documents of one target with one start of LibreOffice, for `convert` to find.

    Where it breaks down on a document, or takes more than so many seconds, it starts again behind that one. What it could
    not convert, `convert` tries alone.
    """
    if libreoffice.program() is None or len(sources) < 2:
        return
    with libreoffice.Folder() as folder:
        left = {folder.add(source.content, source.file_format): source for source in sources}
        while left:
            status = folder.convert([*left], next(iter(left.values())).target, seconds)
            left = {path: source for path, source in left.items() if not _keep(path, source)}
            if status == 0 or not left:
                return
            failed = left.pop(next(iter(left)))
            if status is None:
                _suspects[_hash(failed.content)] = seconds


def _keep(path: Path, source: Source) -> bool:
    """Keep what a document was converted to, if it was."""
    converted = path.with_suffix(f".{source.target}")
    if not converted.exists():
        return False
    with tempfile.NamedTemporaryFile(prefix="converted-", delete=False) as kept:
        converted.replace(kept.name)
    _ahead[_hash(source.content)] = Path(kept.name)
    return True


def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
