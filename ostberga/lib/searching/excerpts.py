"""Excerpts of a text around search words, with the words highlighted. Pure."""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ostberga.lib.folding import fold

CONTEXT_LENGTH = 90  # characters on each side of the first match
MIN_STEM_LENGTH = 4  # characters; a word is never cut shorter than this when its ending is removed


def highlight(text: str, words: Sequence[str]) -> SafeString:
    """Return the whole text, escaped, with every search word in a `<mark>`, whatever its accents and case."""
    pieces, end = [], 0
    for begins, ends in _matches(text, words):
        pieces += [text[end:begins], _highlight_word(text[begins:ends])]
        end = ends
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[end:]]))


def excerpt(text: str, words: Sequence[str]) -> SafeString:
    """Return the text around the first match, highlighted; the beginning of the text when no word occurs literally."""
    whole = " ".join(text.split())
    at = next((begins for begins, _ in _matches(whole, words)), 0)
    begin, end = _word_before(whole, at - CONTEXT_LENGTH), _word_after(whole, at + CONTEXT_LENGTH)
    dots = ("… " if begin else "", " …" if end < len(whole) else "")
    return format_html("{}{}{}", dots[0], highlight(whole[begin:end].strip(), words), dots[1])


def _matches(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words begin and end in the text. They are looked for in the folded text."""
    pattern = _pattern(words)
    if pattern is None:
        return
    signs = [(fold(sign), place) for place, sign in enumerate(text)]
    places = [place for folded, place in signs for _ in folded] + [len(text)]
    for match in pattern.finditer("".join(folded for folded, _ in signs)):
        yield places[match.start()], max(places[match.end()], places[match.end() - 1] + 1)


def _pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    """Match the folded words, longest first, as typed or without their ending: «lamporna» also matches «lampor»."""
    folded = [fold(word) for word in words]
    forms = {form for word in folded for form in (word, word[: max(MIN_STEM_LENGTH, len(word) - 3)]) if form}
    if not forms:
        return None
    return re.compile("|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)))


def _highlight_word(word: str) -> SafeString:
    return format_html("<mark>{}</mark>", word)


def _word_before(text: str, at: int) -> int:
    return 0 if at <= 0 else text.find(" ", at) + 1 or at


def _word_after(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    end = text.rfind(" ", 0, at)
    return end if end > 0 else at
