"""Words as they were meant, whatever the keyboard or the program they were pasted from made of them. Pure."""

import re
import unicodedata

# Control signs but for the line end, halves of signs, and those that turn the direction of the text around them:
# unbalanced they would reverse our own page.
_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\t": " "})


def plain_text(typed: str) -> str:
    """The words as they were meant: one form of each letter, plain line ends, no control signs. HTML stays text."""
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS))
    return _UNWANTED.sub("", text).strip()
