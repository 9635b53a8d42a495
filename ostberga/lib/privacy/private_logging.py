"""Log lines that say what went wrong and where in our code, never what somebody sent or which secret link was used."""

import logging
import re
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "quiet": {
            "()": "ostberga.lib.privacy.private_logging.PrivateFormatter",
            "fmt": "[%(asctime)s] %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    # All lines end at the root, whoever writes them; only Celery's own logger of tasks does not lead there.
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "ostberga": {"level": "INFO"},
        "celery.task": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}


class PrivateFormatter(logging.Formatter):
    """Django's own lines about a request hold its path, where codes and secret links stand; they get its name instead.

    An exception is told by its kind and its places in the code: its words can be a row of the database. So is one that
    somebody put into the line itself, as Celery does when a task fails, beside what the task was called with.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        # What another formatter has made of the exception is not ours.
        said = {**record.__dict__, "exc_text": None, "args": _without_words(record.args)}
        if request := said.get("request"):
            match = getattr(request, "resolver_match", None)
            name = match.view_name if match else "okänd adress"
            said |= {"msg": f"{said.get('status_code', '')} {name}".strip(), "args": ()}
        return super().format(logging.makeLogRecord(said))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the library calls it so
        """Where it happened, and the kinds of errors in the order they led to each other."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines += [type(error).__name__, *traceback.format_tb(error.__traceback__)]
            error = error.__cause__ or error.__context__
        return "\n".join(line.rstrip("\n") for line in lines)


# What Celery says of a task that failed: the exception as text, and what the task was called with.
_TASK_FIELDS = frozenset({"exc", "args", "kwargs", "traceback", "return_value"})


def _without_words(args: object) -> object:
    if isinstance(args, Mapping):
        return {name: _kind(value) if name in _TASK_FIELDS else value for name, value in args.items()}
    if isinstance(args, tuple):
        return tuple(type(each).__name__ if isinstance(each, BaseException) else each for each in args)
    return args


def _kind(value: object) -> str:
    """The kind of an error that is told as `ValueError('…')`, an object or a text; nothing of anything else."""
    if isinstance(value, BaseException):
        return type(value).__name__
    named = re.match(r"[A-Za-z_]\w*(?=\()", str(value))
    return named[0] if named else "…"
