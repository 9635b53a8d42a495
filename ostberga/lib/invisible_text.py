"""Characters that nobody sees: a text of them alone is no text. Pure."""

import re

# Unicode's Default_Ignorable_Code_Point (zero-width signs, Hangul fillers, variation selectors, tags), and the empty
# Braille cell, which fonts draw as nothing.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_NOTHING_SEEN = re.compile(rf"[\s{INVISIBLE}]+")


def is_invisible(text: str) -> bool:
    """Return whether the text has characters, and none of them can be seen. Not for an empty or blank text."""
    return _NOTHING_SEEN.fullmatch(text) is not None and not text.isspace()


def without_invisible(text: str) -> str:
    """Return the text without any invisible character: for addresses and codes, never for what people write."""
    return re.sub(f"[{INVISIBLE}]", "", text)
