"""Finds passages that may identify somebody in free text, and masks them. A person confirms the result. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from django.db.models import TextChoices
from stdnum import luhn

from surveys.redaction import patterns
from surveys.redaction.names import likely_names
from surveys.redaction.words import CHILD_AT_RISK, SELF_HARM, THREATS, WEAPONS


class IdentifierKind(TextChoices):
    """Kinds of identifying passage; the label replaces the passage. Of two that overlap, the first listed here wins."""

    PERSONNUMMER = "personnummer", "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer", "samordningsnummer"
    EMAIL = "email", "e-post"
    PHONE = "phone", "telefonnummer"
    URL = "url", "webbadress"
    APARTMENT = "apartment", "lägenhetsnummer"
    ADDRESS = "address", "adress"
    FLOOR = "floor", "våning"
    PLATE = "plate", "registreringsnummer"
    HANDLE = "handle", "konto"
    NAME = "name", "namn"
    OTHER = "other", "borttaget"


class FindingCertainty(TextChoices):
    """How sure the finding is. Both kinds are shown to the reviewer; nothing is masked without a person."""

    CERTAIN = "certain", "säker"
    POSSIBLE = "possible", "möjlig"


class Danger(TextChoices):
    """Kinds of danger that a person should look at soon."""

    THREAT = "threat", "hot eller våld"
    WEAPON = "weapon", "vapen"
    SELF_HARM = "self_harm", "självskada"
    CHILD_AT_RISK = "child_at_risk", "barn som kan fara illa"


class Span(Protocol):
    """A marked passage: a Finding, or one marked by hand."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Finding:
    """A passage of the text that may identify somebody; text[start:end] == text."""

    start: int
    end: int
    kind: IdentifierKind
    text: str
    certainty: FindingCertainty


@dataclass(frozen=True)
class DangerSign:
    """A passage that hints at danger. It is only a hint: whether to quarantine the text is decided by a person."""

    start: int
    end: int
    kind: Danger
    text: str


_Candidate = tuple[int, int, IdentifierKind, FindingCertainty]

_PATTERNS: tuple[tuple[IdentifierKind, FindingCertainty, re.Pattern[str]], ...] = (
    (IdentifierKind.EMAIL, FindingCertainty.CERTAIN, patterns.EMAIL),
    (IdentifierKind.PHONE, FindingCertainty.CERTAIN, patterns.PHONE),
    (IdentifierKind.PHONE, FindingCertainty.POSSIBLE, patterns.PHONE_WITHOUT_ZERO),
    (IdentifierKind.PHONE, FindingCertainty.POSSIBLE, patterns.PHONE_AFTER_WORD),
    (IdentifierKind.URL, FindingCertainty.POSSIBLE, patterns.URL),
    (IdentifierKind.APARTMENT, FindingCertainty.CERTAIN, patterns.APARTMENT),
    (IdentifierKind.ADDRESS, FindingCertainty.CERTAIN, patterns.STREET),
    (IdentifierKind.ADDRESS, FindingCertainty.CERTAIN, patterns.STREET_ENGLISH),
    (IdentifierKind.ADDRESS, FindingCertainty.CERTAIN, patterns.STREET_ARABIC),
    (IdentifierKind.ADDRESS, FindingCertainty.CERTAIN, patterns.DOOR),
    (IdentifierKind.ADDRESS, FindingCertainty.POSSIBLE, patterns.POSTCODE),
    (IdentifierKind.FLOOR, FindingCertainty.CERTAIN, patterns.FLOOR),
    (IdentifierKind.PLATE, FindingCertainty.POSSIBLE, patterns.PLATE),
    (IdentifierKind.PLATE, FindingCertainty.CERTAIN, patterns.PLATE_AFTER_WORD),
    (IdentifierKind.OTHER, FindingCertainty.POSSIBLE, patterns.LONG_NUMBER),
    (IdentifierKind.HANDLE, FindingCertainty.CERTAIN, patterns.HANDLE),
    (IdentifierKind.HANDLE, FindingCertainty.POSSIBLE, patterns.HANDLE_AFTER_WORD),
)


def _word_pattern(word: str) -> str:
    """Return the pattern for a word beginning; an entry that ends with a space matches the whole word only."""
    return re.escape(word.rstrip()) + (r"\b" if word.endswith(" ") else "")


_ORDER = {mark: place for place, mark in enumerate(IdentifierKind)}
_DANGERS = {
    danger: re.compile(r"(?<!\w)(?:" + "|".join(map(_word_pattern, words)) + ")", re.IGNORECASE)
    for danger, words in {
        Danger.CHILD_AT_RISK: CHILD_AT_RISK,
        Danger.SELF_HARM: SELF_HARM,
        Danger.WEAPON: WEAPONS,
        Danger.THREAT: THREATS,
    }.items()
}


def find_identifiers(text: str) -> list[Finding]:
    """Return the passages that may identify somebody, in order and without overlaps. Linear in the text's length."""
    prepared, places = _prepare(text)
    findings = []
    for start, end, kind, certainty in _merged(_candidates(prepared)):
        first, last = places[start], places[end]
        findings.append(Finding(first, last, kind, text[first:last], certainty))
    return findings


def mask_text(text: str, spans: Iterable[Span]) -> str:
    """Return the text with each passage replaced by its kind: «ring [telefonnummer]». Overlapping ones are merged."""
    whole = [
        (max(span.start, 0), min(span.end, len(text)), IdentifierKind(span.kind), FindingCertainty.CERTAIN)
        for span in spans
    ]
    written, place = [], 0
    for start, end, kind, _ in _merged(candidate for candidate in whole if candidate[0] < candidate[1]):
        written += [text[place:start], f"[{kind.label}]"]
        place = end
    return "".join([*written, text[place:]])


def find_danger_signs(text: str) -> list[DangerSign]:
    """Return passages that hint at threats, weapons, self-harm or a child at risk, in order."""
    prepared, places = _prepare(text)
    signs = []
    for danger, pattern in _DANGERS.items():
        for hit in pattern.finditer(prepared):
            start, end = places[hit.start()], places[hit.end()]
            signs.append(DangerSign(start, end, danger, text[start:end]))
    return sorted(signs, key=lambda sign: (sign.start, sign.end))


def _candidates(prepared: str) -> Iterator[_Candidate]:
    yield from _personal_numbers(prepared)
    for kind, certainty, pattern in _PATTERNS:
        group = "found" if "found" in pattern.groupindex else 0
        for hit in pattern.finditer(prepared):
            yield hit.start(group), hit.end(group), kind, certainty
    for start, end, sure in likely_names(prepared):
        yield start, end, IdentifierKind.NAME, FindingCertainty.CERTAIN if sure else FindingCertainty.POSSIBLE


def _personal_numbers(prepared: str) -> Iterator[_Candidate]:
    """Certain when the check digit is right; otherwise possible, since people make typing errors."""
    for hit in patterns.PERSONNUMMER.finditer(prepared):
        digits = "".join(sign for sign in hit[0] if sign.isdigit())[-10:]
        kind = IdentifierKind.SAMORDNINGSNUMMER if int(digits[4:6]) > 60 else IdentifierKind.PERSONNUMMER
        yield (
            hit.start(),
            hit.end(),
            kind,
            FindingCertainty.CERTAIN if luhn.is_valid(digits) else FindingCertainty.POSSIBLE,
        )


def _merged(candidates: Iterable[_Candidate]) -> Iterator[_Candidate]:
    """Merge overlapping passages; the kind of the most certain, then of the first in IdentifierKind, is used."""
    whole: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda each: (each[0], -each[1])):
        if whole and candidate[0] < whole[-1][1]:
            _, _, kind, certainty = min(whole[-1], candidate, key=_rank)
            whole[-1] = (whole[-1][0], max(whole[-1][1], candidate[1]), kind, certainty)
        else:
            whole.append(candidate)
    return iter(whole)


def _rank(candidate: _Candidate) -> tuple[bool, int]:
    return (candidate[3] != FindingCertainty.CERTAIN, _ORDER[candidate[2]])


def _prepare(text: str) -> tuple[str, list[int]]:
    """Return the normalised text for the patterns, and for each of its characters (and its end) the original index.

    Digits of any script become 0–9; dashes and spaces become plain ones; a letter with a combining mark becomes one
    character; repeated spaces become one; invisible characters and vowel marks are removed.
    """
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        category = unicodedata.category(sign)
        if category == "Mn" and signs:
            composed = unicodedata.normalize("NFC", signs[-1] + sign)
            signs[-1] = composed if len(composed) == 1 else signs[-1]
        elif category not in {"Cf", "Mn", "Me"}:
            plain = _plain(sign, category)
            if plain != " " or signs[-1:] != [" "]:
                signs.append(plain)
                places.append(place)
    return "".join(signs), [*places, len(text)]


def _plain(sign: str, category: str) -> str:
    if sign.isascii() or sign in "\n\r":
        return sign if sign not in "\t\r" else " "
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "Pd" or sign == "−":
        return "-"
    if category == "Zs":
        return " "
    wide = unicodedata.normalize("NFKC", sign)
    return wide if len(wide) == 1 else sign
