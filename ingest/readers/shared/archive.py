"""ZIP archives, as Office files are: parts are read by name into memory, bounded; no path in them is honoured."""

import io
import zipfile
import zlib

from ingest.limits import INFLATED_BYTES, PART_BYTES
from ingest.rejection_reasons import UnreadableError, encrypted, truncated

MOST_PARTS = 10_000


class Archive:
    """The parts of an Office file. Raises UnreadableError: truncated, encrypted, inflated."""

    def __init__(self, content: bytes):
        try:
            self.file = zipfile.ZipFile(io.BytesIO(content))
            self.parts = {part.filename: part for part in self.file.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, UnicodeError) as error:
            raise truncated(str(error) or "it is no whole archive") from error
        if len(self.parts) > MOST_PARTS:
            raise _inflated(f"{len(self.parts):,} parts")
        self.left = INFLATED_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def read(self, name: str) -> bytes:
        """The bytes of a part, counted against the limits as they inflate, whatever the archive says of their size."""
        part = self.parts.get(name)
        if part is None:
            raise truncated(f"its part {name} is missing")
        if part.flag_bits & 0x1:
            raise encrypted()
        limit = min(PART_BYTES, self.left)
        try:
            with self.file.open(part) as stream:
                content = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
            raise truncated(f"its part {name} cannot be unpacked") from error
        if len(content) > limit:
            raise _inflated(f"its part {name} has more than {limit:,} bytes")
        self.left -= len(content)
        return content


def _inflated(detail: str) -> UnreadableError:
    message = f"The file inflates beyond any document's size: {detail}."
    return UnreadableError("open", "inflated", message, "Do not open the file; fetch it again from its publisher.")
