"""Finds likely names of people: after a cue («heter»), by capital letters, or because the first name is common."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.redaction.words import ARABIC_CUES, CUES, EVERYDAY, FILLERS, FIRST_NAMES, KNOWN, PARTICLES, PEOPLE, folded

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*+")
# Characters that end the previous sentence, and those that may stand between it and the next word.
_SENTENCE_ENDS = frozenset(".!?:;…•*\n|/")
_OPENERS = frozenset(" \"'“”«»()[]-–‖")


@dataclass(frozen=True)
class Word:
    """A word and its position in the prepared text."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """The word in the form used by the word lists."""
        return folded(self.text)

    @property
    def is_capitalised(self) -> bool:
        """True for «Testnamn» and «Test-Anna», false for «SL» and «I»."""
        return len(self.text) > 1 and self.text[0].isupper() and not self.text.isupper()

    @property
    def is_known(self) -> bool:
        """Whether it is a known place, organisation or month, with or without a genitive s."""
        return all(part in KNOWN or part.removesuffix("s") in KNOWN for part in re.split(r"['’-]", self.plain))

    @property
    def is_first_name(self) -> bool:
        """Whether it is a very common first name, also as «Annas» or with an Arabic «and», «to» or «by» prefixed."""
        return any(form in FIRST_NAMES for form in _forms(self.plain))


def _forms(plain: str) -> Iterator[str]:
    yield plain
    yield plain.removesuffix("s")
    yield from plain.split("-")
    if plain[:1] in {"و", "ف", "ل", "ب"}:
        yield plain[1:]


def likely_names(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, is certain) of every likely name in prepared text; they may overlap."""
    words = [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    yield from _names_after_cues(text, words)
    yield from _capitalised_runs(text, words)
    for word in words:
        if word.is_first_name or (word.is_capitalised and word.plain.removesuffix("s").endswith("sson")):
            yield word.start, word.end, False


def _names_after_cues(text: str, words: list[Word]) -> Iterator[tuple[int, int, bool]]:
    for place, word in enumerate(words):
        before = f"{words[place - 1].plain} {word.plain}" if place else ""
        arabic = word.plain in ARABIC_CUES
        if arabic or {word.plain, before} & CUES:
            yield from _name_after_cue(text, words, place + 1, anything=2 if arabic else 1)
        elif word.plain.rstrip(".") in PEOPLE:
            yield from _name_after_cue(text, words, place + 1, anything=0)


def _name_after_cue(text: str, words: list[Word], place: int, *, anything: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the name from word `place` on: capitalised words, and the first `anything` words whatever their case."""
    if place < len(words) and words[place].plain in FILLERS:
        place += 1
    taken: list[Word] = []
    for word in words[place : place + 4]:
        gap = text[(taken[-1] if taken else words[place - 1]).end : word.start]
        if len(gap) > 3 or gap.strip(" \"'“”«»:") or word.is_known:
            break
        if not word.is_capitalised and (len(taken) >= anything or word.plain in EVERYDAY):
            break
        taken.append(word)
    if taken:
        yield taken[0].start, taken[-1].end, all(word.is_capitalised for word in taken)


def _capitalised_runs(text: str, words: list[Word]) -> Iterator[tuple[int, int, bool]]:
    """Yield runs of two or more capitalised words that are no known place or organisation."""
    run: list[Word] = []
    for word in words:
        if run and text[run[-1].end : word.start] != " ":
            yield from _name_in_run(run)
            run = []
        named = word.is_capitalised and not word.is_known and not _only_starts_sentence(text, word)
        if named or (run and word.plain in PARTICLES):
            run.append(word)
        else:
            yield from _name_in_run(run)
            run = []
    yield from _name_in_run(run)


def _only_starts_sentence(text: str, word: Word) -> bool:
    """Whether the word is capitalised only because it starts a sentence, as in «Grannen Testina» or «När Testina»."""
    return (word.plain in EVERYDAY or word.plain in PEOPLE) and _starts_sentence(text, word.start)


def _name_in_run(run: list[Word]) -> Iterator[tuple[int, int, bool]]:
    while run and run[-1].plain in PARTICLES:
        run.pop()
    if len(run) > 1:
        yield run[0].start, run[-1].end, False


def _starts_sentence(text: str, start: int) -> bool:
    """Whether only quotes and spaces stand between the word and the end of the previous sentence."""
    place = start - 1
    while place >= 0 and start - place < 8 and text[place] in _OPENERS:
        place -= 1
    return place < 0 or text[place] in _SENTENCE_ENDS
