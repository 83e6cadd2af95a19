"""What decides the rows of a document beside its bytes."""

import hashlib
import platform
from pathlib import Path

from ingest.parser_version import parser_version
from ingest.readers import libreoffice
from ingest.source_tree import ROOT


def reader_identity() -> str:
    """Hash of the reader, the pinned libraries, Python and the LibreOffice that converts old files: 16 hexadecimal digits."""
    pins = (ROOT / "requirements.lock").read_bytes()
    facts = (parser_version(), hashlib.sha256(pins).hexdigest(), platform.python_version(), _converter())
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()[:16]


def _converter() -> str:
    program = libreoffice.program()
    if program is None:
        return ""
    place = Path(program).resolve()
    status = place.stat()
    return f"{place}\0{status.st_size}\0{status.st_mtime_ns}"
