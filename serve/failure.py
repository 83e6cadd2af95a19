"""Why a command ends without doing what was asked: what is wrong, and what to do. The command line prints both."""


class FailedError(Exception):
    """It cannot be done. The command ends with exit status 1, or with the given one."""

    def __init__(self, wrong: str, remedy: str = "", status: int = 1):
        super().__init__(wrong, remedy)
        self.wrong, self.remedy, self.status = wrong, remedy, status

    def __str__(self) -> str:
        return f"{self.wrong} {self.remedy}".strip()


class WrongCallError(FailedError):
    """What was asked for does not exist: an unknown question, metric or dimension. The exit status is 2."""

    def __init__(self, wrong: str, remedy: str = ""):
        super().__init__(wrong, remedy, status=2)
