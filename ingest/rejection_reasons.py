"""What makes a file no document: one exception for all readers, and the limits that any of them raises it at."""

# Documents come from the web. The largest real ones seen have 50 kB as text and 2,000 rows in 17 tables.
FILE_BYTES = 64 * 1024 * 1024
LINE_CHARACTERS = 1_000_000
INFLATED_BYTES = 256 * 1024 * 1024  # of an archive in all
PART_BYTES = 64 * 1024 * 1024  # of one part of an archive: an XML tree takes ten times its text
TABLE_COLUMNS = 500  # after merged cells are spread out
TABLE_CELLS = 2_000_000  # of a document, after merged and repeated cells are spread out
TABLES_DEEP = 20  # tables inside cells of tables

# A worker reads a document with these limits; a text up to LIGHT_BYTES is read without one.
LIGHT_BYTES = 256 * 1024
SECONDS, SECONDS_PER_MEGABYTE = 60, 30
WORKER_BYTES = 320 * 1024 * 1024  # data of one worker
MOST_WORKERS = 4

SAVE_AGAIN = "Fetch the document again, or open it and save it as docx."


class UnreadableError(Exception):
    """A file that is no document; carries the stage, reason, message and next step of the rejection it becomes."""

    def __init__(self, stage: str, reason: str, message: str, next_step: str):
        super().__init__(stage, reason, message, next_step)  # all of them: it crosses from a worker process
        self.stage, self.reason, self.message, self.next_step = stage, reason, message, next_step

    def __str__(self) -> str:
        return self.message


def truncated(detail: str) -> UnreadableError:
    return UnreadableError("open", "truncated", f"The file is damaged or cut off: {detail}.", SAVE_AGAIN)


def too_large(what: str, found: int, limit: int) -> UnreadableError:
    message = f"{what}: {found:,}; the limit is {limit:,}."
    return UnreadableError("read", "too_large", message, "Split the document, or save it again as docx.")


def too_deep() -> UnreadableError:
    message = "Its parts are nested deeper than any document's."
    return UnreadableError("read", "nested_too_deep", message, SAVE_AGAIN)


def encrypted() -> UnreadableError:
    step = "Open it with its password, remove the protection, and save it again."
    return UnreadableError("open", "encrypted", "The file is encrypted.", step)


def time_out(seconds: float) -> UnreadableError:
    message = f"Reading took more than {seconds:,.0f} seconds."
    return UnreadableError("read", "time_out", message, SAVE_AGAIN)


def memory() -> UnreadableError:
    message = f"Reading took more than {WORKER_BYTES // 1024**2:,} MB of memory."
    return UnreadableError("read", "memory", message, "Split the document, or save it again as docx.")
