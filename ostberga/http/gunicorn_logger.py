"""Gunicorn's log without requests: no addresses, paths or headers, and tracebacks without the words of the error."""

import logging
from typing import Any

from gunicorn.glogging import Logger

from ostberga.lib.privacy.private_logging import PrivateFormatter

# Gunicorn formats these lines itself, from what the visitor sent. Only how they begin is kept.
_QUOTING = (
    "Invalid request",
    "Error handling request",
    "WSGI app sent body bytes",
    "Socket error processing request",
    "Worker exception",
)


class QuotingNothing(PrivateFormatter):
    """Cuts the lines that quote a request after their first words."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without what the visitor sent."""
        beginning = next((words for words in _QUOTING if str(record.msg).startswith(words)), None)
        if beginning is not None:
            record = logging.makeLogRecord({**record.__dict__, "msg": beginning, "args": ()})
        return super().format(record)


class PrivateLogger(Logger):  # type: ignore[misc]
    """The `logger_class` of gunicorn."""

    def setup(self, cfg: Any) -> None:
        """Let every handler of the error log write through QuotingNothing."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(QuotingNothing(self.error_fmt, self.datefmt))
