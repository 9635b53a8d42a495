"""Log lines that say what went wrong and where in our code, never what somebody sent or which secret link was used."""

import logging
import traceback
from types import TracebackType

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """Django's own lines about a request hold its path, where codes and secret links stand; they get its name instead.

    An exception is told by its kind and its places in the code: its words can be a row of the database.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said = {**record.__dict__, "exc_text": None}  # what another formatter has made of the exception is not ours
        if request := said.get("request"):
            match = getattr(request, "resolver_match", None)
            name = match.view_name if match else "okänd adress"
            said |= {"msg": f"{said.get('status_code', '')} {name}".strip(), "args": ()}
        return super().format(logging.makeLogRecord(said))

    def formatException(self, ei: Caught) -> str:  # noqa: N802 - the library calls it so
        """Where it happened, and the kinds of errors in the order they led to each other."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines += [type(error).__name__, *traceback.format_tb(error.__traceback__)]
            error = error.__cause__ or error.__context__
        return "\n".join(line.rstrip("\n") for line in lines)
