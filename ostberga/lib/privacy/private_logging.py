"""Logging without personal data: what failed and where in the code, never request content or secret links."""

import logging
import re
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

# Frames of a traceback that are written, the innermost ones: a runaway recursion would fill the log.
FRAMES = 25

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "private": {
            "()": "ostberga.lib.privacy.private_logging.PrivateFormatter",
            "fmt": "[%(asctime)s] %(levelname)s %(name)s: %(message)s",
        }
    },
    "filters": {"visitors": {"()": "ostberga.lib.privacy.private_logging.NothingOfVisitors"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private", "filters": ["visitors"]}},
    # Every logger propagates to the root, except Celery's logger of tasks.
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "ostberga": {"level": "INFO"},
        "celery.task": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}


class NothingOfVisitors(logging.Filter):
    """Drops the lines about requests that a page without sign-in refused: «422 follow», with its millisecond.

    They are no faults, and the minute of a resident's try stands nowhere else either. Faults (5xx) are kept.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line may be written."""
        request = getattr(record, "request", None)
        if request is None or getattr(record, "status_code", 500) >= 500:
            return True
        match = getattr(request, "resolver_match", None)
        return match is None or bool(getattr(match.func, "login_required", True))


class PrivateFormatter(logging.Formatter):
    """Replaces a request's path, which may hold codes and secret links, by the name of its URL pattern.

    Exceptions are logged by type and traceback, without their message, which may quote a database row. The same goes
    for exceptions among the arguments of the line, such as Celery's when a task fails, and for the task's arguments.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the log line without personal data."""
        # `exc_text` is another formatter's cached text of the exception.
        fields = {**record.__dict__, "exc_text": None, "args": _without_content(record.args)}
        if request := fields.get("request"):
            match = getattr(request, "resolver_match", None)
            name = match.view_name if match else "okänd adress"
            status = fields.get("status_code", 500)
            fields |= {"msg": f"{fields.get('status_code', '')} {name}".strip(), "args": ()}
            if status < 500:  # What was refused is no fault of the code.
                fields["exc_info"] = None
        return super().format(logging.makeLogRecord(fields))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name that logging calls
        """Return the type and traceback of the exception and of each of its causes."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines += [type(error).__name__, *traceback.format_tb(error.__traceback__, limit=-FRAMES)]
            error = error.__cause__ or error.__context__
        return "\n".join(line.rstrip("\n") for line in lines)


# Fields of Celery's line about a failed task: the exception as text, and the arguments of the task.
_TASK_FIELDS = frozenset({"exc", "args", "kwargs", "traceback", "return_value"})


def _without_content(args: object) -> object:
    if isinstance(args, Mapping):
        return {name: _type_name(value) if name in _TASK_FIELDS else value for name, value in args.items()}
    if isinstance(args, tuple):
        return tuple(type(value).__name__ if isinstance(value, BaseException) else value for value in args)
    return args


def _type_name(value: object) -> str:
    """Return the type of an exception, given as an object or as the text `ValueError('…')`; «…» for anything else."""
    if isinstance(value, BaseException):
        return type(value).__name__
    match = re.match(r"[A-Za-z_]\w*(?=\()", str(value))
    return match[0] if match else "…"
