"""Why a command ends without doing what was asked: what is wrong, and what to do. The command line prints both."""

import os


class FailedError(Exception):
    """It cannot be done. The command ends with exit status 1, or with the given one."""

    def __init__(self, wrong: str, remedy: str = "", status: int = 1):
        super().__init__(wrong, remedy)
        self.wrong, self.remedy, self.status = wrong, remedy, status

    def __str__(self) -> str:
        return f"{self.wrong} {self.remedy}".strip()


def fault(error: Exception) -> FailedError:
    """What is said of an error that nobody foresaw. Raises the error itself if JIXIAO_DEBUG=1 asks for its place."""
    if os.environ.get("JIXIAO_DEBUG") == "1":
        raise error
    return FailedError(
        f"A fault of the program ({type(error).__name__}: {error}).", "JIXIAO_DEBUG=1 shows where; please report it."
    )


class WrongCallError(FailedError):
    """What was asked for does not exist: an unknown question, metric or dimension. The exit status is 2."""

    def __init__(self, wrong: str, remedy: str = ""):
        super().__init__(wrong, remedy, status=2)
