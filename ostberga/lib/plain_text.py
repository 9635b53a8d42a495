"""Normalise typed or pasted text: Unicode form, line ends, control characters. Pure."""

import re
import unicodedata

from ostberga.lib.invisible_text import is_invisible

# Control characters except the line feed, lone surrogates, and bidirectional overrides, which when unbalanced would
# reverse the rest of our page.
_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\t": " "})


def plain_text(typed: str) -> str:
    """Return the text in NFC, with line feeds as line ends and without control characters. HTML is left as text.

    A text of invisible characters alone becomes empty.
    """
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS))
    text = _UNWANTED.sub("", text).strip()
    return "" if is_invisible(text) else text
