"""A piece of a text around the words somebody looked for, with those words marked. Pure."""

import re
from collections.abc import Sequence

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

CONTEXT_LENGTH = 90  # signs on each side of the first word found
MIN_STEM_LENGTH = 4  # so many signs of a word are kept when its ending is taken off


def highlight(text: str, words: Sequence[str]) -> SafeString:
    """The whole text, escaped, with every word that was looked for marked."""
    pattern = _pattern(words)
    if pattern is None:
        return conditional_escape(text)
    pieces = pattern.split(text)
    # What `split` gives is text and found words by turns.
    return format_html_join("", "{}", ((_highlight_word(one) if turn % 2 else one,) for turn, one in enumerate(pieces)))


def excerpt(text: str, words: Sequence[str]) -> SafeString:
    """The sentences around the first word found; the beginning when it was found by its stem alone."""
    whole, pattern = " ".join(text.split()), _pattern(words)
    found = pattern.search(whole) if pattern else None
    at = found.start() if found else 0
    begin, end = _word_before(whole, at - CONTEXT_LENGTH), _word_after(whole, at + CONTEXT_LENGTH)
    dots = ("… " if begin else "", " …" if end < len(whole) else "")
    return format_html("{}{}{}", dots[0], highlight(whole[begin:end].strip(), words), dots[1])


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    """The words, longest first, as typed or without their ending: «lamporna» marks «lampor»."""
    kept = {form for word in words for form in (word, word[: max(MIN_STEM_LENGTH, len(word) - 3)]) if form}
    if not kept:
        return None
    either = "|".join(re.escape(one) for one in sorted(kept, key=len, reverse=True))
    return re.compile(f"({either})", re.IGNORECASE)


def _highlight_word(word: str) -> SafeString:
    return format_html("<mark>{}</mark>", word)


def _word_before(text: str, at: int) -> int:
    return 0 if at <= 0 else text.find(" ", at) + 1 or at


def _word_after(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    end = text.rfind(" ", 0, at)
    return end if end > 0 else at
