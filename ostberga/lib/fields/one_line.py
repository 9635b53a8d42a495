"""One-line fields hold one line, as browsers see to it; what a script sends must not lay out a letter anew."""

import re
from collections.abc import Mapping
from typing import Any

from django.forms import TextInput

# What begins a new line anywhere: in HTML, in a letter, in Python's splitlines.
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def on_one_line(text: str) -> str:
    """Return the text with each break of line as a space."""
    return _BREAKS.sub(" ", text)


def hold_one_line() -> None:
    """Let every one-line input, also of other packages' forms, give what was sent on one line.

    Changes Django's widget, since a form that forgot another one would be the one that is found. For AppConfig.ready.
    """
    as_sent = TextInput.value_from_datadict

    def value_from_datadict(self: TextInput, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = as_sent(self, data, files, name)
        return on_one_line(value) if isinstance(value, str) else value

    TextInput.value_from_datadict = value_from_datadict  # type: ignore[method-assign,assignment]
