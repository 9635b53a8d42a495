"""The four questions of the pulse, and the figures that may be shown of the answers. Pure.

So few answer that a number can identify a person. Therefore nothing is shown for fewer than six answers or when fewer
than eight were asked, numbers stand in steps of five, and the share that agrees is shown as one of two bands, or as one
of five when many have an opinion, so that nobody can see that all agree or none. How many do not know is not shown. A
test tries every outcome.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ostberga.lib.privacy.small_numbers import NumberSpan, step_span

MIN_ANSWERS = 6
MIN_ASKED = 8  # of fewer, a reader could tell how many did not answer or do not know
MANY_OPINIONS, MANY_ASKED = 11, 13  # from here the share is shown in fifths
QUESTIONS: Mapping[str, str | Promise] = {
    "vem": _("Vi vet vem som bestämmer vad."),
    "paverkar": _("Det jag säger påverkar vad vi gör."),
    "lovar": _("Vi håller det vi lovar varandra."),
    "tiden": _("Samarbetet är värt tiden det tar."),
}
# The answers; those from AGREES upwards count as agreeing.
SCALE = {1: "Stämmer inte alls", 2: "Stämmer dåligt", 3: "Stämmer ganska bra", 4: "Stämmer helt"}
AGREES = 3


class Band(IntEnum):
    """The share that agrees of those with an opinion: in fifths, or as less than half and the rest."""

    FEW = 1
    LESS = 2
    HALF = 3
    MOST = 4
    NEARLY_ALL = 5
    HALF_OR_MORE = 6  # together with LESS, when too few answered for fifths

    @property
    def words(self) -> str | Promise:
        """The band in words."""
        return WORDS[self]


WORDS: Mapping[Band, str | Promise] = {
    Band.FEW: _("få håller med"),
    Band.LESS: _("färre än hälften håller med"),
    Band.HALF: _("ungefär hälften håller med"),
    Band.MOST: _("de flesta håller med"),
    Band.NEARLY_ALL: _("nästan alla håller med"),
    Band.HALF_OR_MORE: _("minst hälften håller med"),
}


@dataclass(frozen=True)
class Figure:
    """What may be shown of the answers to one question."""

    text: str | Promise
    band: Band | None  # None when fewer than six have an opinion


def figures(answers: Iterable[Mapping[str, int]], *, asked: int) -> tuple[Figure, ...]:
    """Return one figure for each question of a closed pulse; none when too few answered or were asked."""
    given = list(answers)
    if len(given) < MIN_ANSWERS or asked < MIN_ASKED:
        return ()
    return tuple(_figure(text, [answer.get(key) for answer in given], asked) for key, text in QUESTIONS.items())


def answered_span(answered: int, asked: int) -> NumberSpan:
    """How many of those asked answered, at least six, in a step of five that has room for three numbers."""
    step = step_span(answered, MIN_ANSWERS)
    top = step_span(asked, MIN_ANSWERS)
    is_narrow = asked - top.least < 2
    if is_narrow and asked - step.least < 2 + MIN_ANSWERS - 1:
        return NumberSpan(top.least - (MIN_ANSWERS - 1), asked)
    return NumberSpan(step.least, min(step.most or asked, asked))


def _figure(text: str | Promise, given: list[int | None], asked: int) -> Figure:
    opinions = [opinion for opinion in given if opinion is not None]
    if len(opinions) < MIN_ANSWERS:
        return Figure(text, None)
    agreeing = sum(1 for opinion in opinions if opinion >= AGREES)
    return Figure(text, band_of(agreeing, len(opinions), asked))


def band_of(agreeing: int, opinions: int, asked: int) -> Band:
    """Return the band that the share lies in. None and all have no bands of their own, so that neither can be seen."""
    if opinions < MANY_OPINIONS or asked < MANY_ASKED:
        return Band.HALF_OR_MORE if 2 * agreeing >= opinions else Band.LESS
    return Band(min(5 * agreeing // opinions + 1, 5))
