"""Excerpts of a text around search words, with the words highlighted. Pure."""

import re
from collections.abc import Sequence

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

CONTEXT_LENGTH = 90  # characters on each side of the first match
MIN_STEM_LENGTH = 4  # characters; a word is never cut shorter than this when its ending is removed


def highlight(text: str, words: Sequence[str]) -> SafeString:
    """Return the whole text, escaped, with every search word in a `<mark>`."""
    pattern = _pattern(words)
    if pattern is None:
        return conditional_escape(text)
    pieces = pattern.split(text)
    # `split` returns plain text and matches in turn.
    parts = ((_highlight_word(piece) if number % 2 else piece,) for number, piece in enumerate(pieces))
    return format_html_join("", "{}", parts)


def excerpt(text: str, words: Sequence[str]) -> SafeString:
    """Return the text around the first match, highlighted; the beginning of the text when no word occurs literally."""
    whole, pattern = " ".join(text.split()), _pattern(words)
    match = pattern.search(whole) if pattern else None
    at = match.start() if match else 0
    begin, end = _word_before(whole, at - CONTEXT_LENGTH), _word_after(whole, at + CONTEXT_LENGTH)
    dots = ("… " if begin else "", " …" if end < len(whole) else "")
    return format_html("{}{}{}", dots[0], highlight(whole[begin:end].strip(), words), dots[1])


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    """Match the words, longest first, as typed or without their ending: «lamporna» also matches «lampor»."""
    forms = {form for word in words for form in (word, word[: max(MIN_STEM_LENGTH, len(word) - 3)]) if form}
    if not forms:
        return None
    alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(f"({alternatives})", re.IGNORECASE)


def _highlight_word(word: str) -> SafeString:
    return format_html("<mark>{}</mark>", word)


def _word_before(text: str, at: int) -> int:
    return 0 if at <= 0 else text.find(" ", at) + 1 or at


def _word_after(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    end = text.rfind(" ", 0, at)
    return end if end > 0 else at
