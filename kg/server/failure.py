"""What the server itself can fail with, each with the HTTP status that tells it."""

from __future__ import annotations

from kg.errors import KGError


class ServerError(KGError):
    """The server cannot answer, through no fault of the query's form.

    `status` is the HTTP status; `retry_after` the seconds after which asking again may help,
    None when it will not.
    """

    status = 503
    retry_after: int | None = None


class TimedOutError(ServerError):
    """A query ran longer than it may."""


class MemoryLimitError(ServerError):
    """A query needed more memory than it may."""


class WorkerDiedError(ServerError):
    """The process that was answering ended for another reason."""

    retry_after = 1


class BusyError(ServerError):
    """Too many are asking."""

    retry_after = 5


class TooManyError(BusyError):
    """This client asks too much at once."""

    status = 429


class InternalError(ServerError):
    """A fault of the program; the log has the traceback."""

    status = 500
