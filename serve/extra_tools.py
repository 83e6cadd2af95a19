"""Libraries of a command that a build does without: each has a lock and an environment target of its own."""

import importlib.util

from serve.failure import FailedError


def check(name: str, *modules: str, environment: str) -> None:
    """Raises FailedError where a library is not installed; `name` is what it is called."""
    if any(importlib.util.find_spec(module) is None for module in modules):
        raise FailedError(
            f"缺少 {name} | {name} is not installed.",
            f"先运行 make environment-{environment} | Run `make environment-{environment}` first;"
            f" `make {environment}` does so by itself.",
        )
