"""Why a file, or a place in it, is rejected: the closed lists of stages and reasons, and one exception for all readers.

A function below makes the exception of a reason that several modules raise.
"""

from ingest.limits import WORKER_BYTES

STAGES = ("open", "decode", "read", "form", "row", "load")
REASONS = (
    "empty", "too_large", "wrong_kind", "encrypted", "truncated", "no_text_layer", "no_form", "other_form", "time_out",
    "memory", "nested_too_deep", "inflated", "link", "special_file", "converter_missing", "bad_bytes", "duplicate",
    "bad_row", "structure",
)  # fmt: skip

MAKE_SMALLER = (
    "Open the document, remove what is no part of it (blank rows, pages, sheets) or split it, and save it again."
)
SAVE_AGAIN = "Fetch the document again, or open it and save it as docx."


class UnreadableError(Exception):
    """A file that cannot be read, with the stage, reason, message and next step of its rejection."""

    def __init__(self, stage: str, reason: str, message: str, next_step: str):
        super().__init__(stage, reason, message, next_step)  # all of them: it crosses from a worker process
        self.stage, self.reason, self.message, self.next_step = stage, reason, message, next_step

    def __str__(self) -> str:
        return self.message


def wrong_kind(kind: str, next_step: str) -> UnreadableError:
    """A file that is something else, such as `a picture (PNG)`, or a document in a format that is not read."""
    message = f"The file is {kind}, no document that can be read."
    return UnreadableError("open", "wrong_kind", message, next_step)


def truncated(detail: str) -> UnreadableError:
    """A file that is damaged, or was not fetched whole."""
    return UnreadableError("open", "truncated", f"The file is damaged or cut off: {detail}.", SAVE_AGAIN)


def changing() -> UnreadableError:
    """A file that somebody writes to while it is read."""
    message = "The file changes while it is read."
    return UnreadableError("open", "truncated", message, "Wait until it is written whole, then build again.")


def too_large(what: str, found: int, limit: int) -> UnreadableError:
    """A file with more of something, such as `Columns of a table`, than a limit allows."""
    return over_limit(f"{what}: {found:,}; the limit is {limit:,}.")


def over_limit(message: str) -> UnreadableError:
    """The same where nobody counts how many there are."""
    return UnreadableError("read", "too_large", message, MAKE_SMALLER)


def too_deep() -> UnreadableError:
    """A file whose elements or tables contain one another without an end."""
    message = "Its parts are nested deeper than any document's."
    return UnreadableError("read", "nested_too_deep", message, SAVE_AGAIN)


def encrypted() -> UnreadableError:
    """A file with a password."""
    step = "Open it with its password, remove the protection, and save it again."
    return UnreadableError("open", "encrypted", "The file is encrypted.", step)


def time_out(seconds: float) -> UnreadableError:
    """A file that took longer than a worker may."""
    message = f"Reading took more than {seconds:,.0f} seconds."
    return UnreadableError("read", "time_out", message, SAVE_AGAIN)


def memory() -> UnreadableError:
    """A file that took more memory than a worker may."""
    message = f"Reading took more than {WORKER_BYTES // 1024**2:,} MB of memory."
    return UnreadableError("read", "memory", message, MAKE_SMALLER)
