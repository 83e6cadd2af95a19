"""Why a build stops: the one error that every step of it raises."""


class BuildError(Exception):
    """The build cannot continue; the message says why and what to do. Nothing is published."""
