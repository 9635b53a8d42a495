"""Who was heard in a wave, and who is missing: counted from conversations and forms, with small groups hidden."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ostberga.lib.translations.languages import SOURCE
from reports.rules.findings import HeardFinding, HeardRow, HeardTable
from reports.rules.small_numbers import GroupCount, GroupCounts, hide_small
from surveys.models import Answer, Heard, Interview, Question, Response, Wave
from surveys.rules.languages import LANGUAGE_NAMES
from surveys.rules.roles import AgeBand, Role
from surveys.rules.standard_questions import statement_role

FORM = "Formulär"
UNKNOWN_ROLE, UNKNOWN_AGE = "Vet inte vilken roll", "Vet inte ålder"
ROLE_NAMES = {
    Role.RESIDENT: "Boende",
    Role.ELECTED: "Förtroendevalda",
    Role.OFFICIAL: "Tjänstepersoner",
    Role.BUSINESS: "Näringsliv",
    Role.ASSOCIATION: "Föreningar",
    Role.UNKNOWN: UNKNOWN_ROLE,
}
HIDDEN = "visas inte"
NOTE = (
    "Antal visas inte för grupper med färre än {} personer. "
    "Ibland döljs även en större grupp, så att den lilla inte går att räkna ut."
)


@dataclass(frozen=True)
class RespondentProfile:
    """What is known about a person heard; people with equal profiles are counted together."""

    role: str
    language: str
    age: str
    how: str


class HeardPeople:
    """Number of people heard in a wave, by profile."""

    def __init__(self, counted: Counter[RespondentProfile], minimum: int) -> None:
        self.counted = counted
        self.minimum = minimum

    @property
    def total(self) -> int:
        """Number of people heard."""
        return self.counted.total()

    def number(self, role: str = "", language: str = "") -> int:
        """Number of people with this role, this language, or both."""
        return sum(
            number
            for profile, number in self.counted.items()
            if (not role or profile.role == role) and (not language or profile.language == language)
        )

    def may_show_language(self, language: str) -> bool:
        """Whether a quote may be shown in the language it was said in."""
        return language == SOURCE or self.number(language=language) >= self.minimum

    def may_show_role(self, role: str, language: str) -> bool:
        """Whether a quote may be shown with its role: enough people have it, also among speakers of the language."""
        if role == Role.UNKNOWN or self.number(role=role) < self.minimum:
            return False
        language_is_shown = language != SOURCE and self.may_show_language(language)
        return not language_is_shown or self.number(role=role, language=language) >= self.minimum


def count_people(wave: Wave, minimum: int) -> HeardPeople:
    """Count everyone heard in the wave, in conversations and forms. Three queries."""
    counted: Counter[RespondentProfile] = Counter()
    spoken = Heard.objects.filter(interview__wave=wave).values_list(
        "role", "interview__language", "interview__mode", "number"
    )
    for role, language, mode, number in spoken:
        counted[RespondentProfile(role, language, "", str(Interview.Mode(mode).label).capitalize())] += number
    asked = Answer.objects.filter(response__wave=wave, question__background__in=["role", "age_band"])
    background: dict[tuple[object, str], str] = {
        (response, kind): choices[0]
        for response, kind, choices in asked.values_list("response", "question__background", "choices")
        if choices
    }
    for key, language, entry in Response.objects.filter(wave=wave).values_list("pk", "language", "entry"):
        role = statement_role(background.get((key, Question.Background.ROLE)))
        how = f"{FORM}, {Response.Entry(entry).label}"
        counted[RespondentProfile(role, language, background.get((key, Question.Background.AGE_BAND), ""), how)] += 1
    return HeardPeople(counted, minimum)


@dataclass(frozen=True)
class Division:
    """One way to divide those heard: its words, and its groups as (code in the data, name)."""

    key: str  # a field of RespondentProfile
    plural: str  # as in «Bland roller saknas …»
    caption: str
    column: str
    groups: Sequence[tuple[str, str]]

    def numbers(self, everyone: HeardPeople) -> list[tuple[str, int]]:
        """Name and number of each group, and of «Annat» if anyone is in none of them."""
        counted: Counter[str] = Counter()
        for profile, number in everyone.counted.items():
            counted[getattr(profile, self.key)] += number
        named = [(name, counted.pop(code, 0)) for code, name in self.groups]
        return [*named, ("Annat", counted.total())] if counted.total() else named


def build_heard_finding(wave: Wave, everyone: HeardPeople) -> HeardFinding:
    """The tables of who was heard, and who is missing in words. Small groups are hidden in both."""
    divisions = _divisions(wave, everyone)
    counted = [hide_small(division.numbers(everyone), everyone.minimum) for division in divisions]
    # All tables have the same total: if one must hide it, all must.
    total = str(everyone.total) if all(counts.total_shown for counts in counted) else HIDDEN
    return HeardFinding(
        people=total,
        conversations=wave.interviews.count(),
        forms=wave.responses.count(),
        tables=tuple(
            _table(division, counts, total, everyone.minimum)
            for division, counts in zip(divisions, counted, strict=True)
        ),
        missing=tuple(describe_missing_groups(divisions, everyone)),
    )


def describe_missing_groups(divisions: Sequence[Division], everyone: HeardPeople) -> list[str]:
    """Sentences that name the groups nobody, or too few, have been heard from."""
    sentences = []
    for division in divisions:
        if not division.plural:
            continue
        numbers = dict(division.numbers(everyone))
        unknown = sum(numbers.pop(name, 0) for name in (UNKNOWN_ROLE, UNKNOWN_AGE))
        if unknown < everyone.total:
            sentences += _sentences(division.plural, numbers, everyone.minimum)
        if division.key == "age" and everyone.total and unknown * 2 >= everyone.total:
            sentences.append("För minst hälften vet vi inte åldern. I samtalen frågar vi inte om den.")
    return sentences


def _sentences(plural: str, numbers: Mapping[str, int], minimum: int) -> list[str]:
    none = [name.lower() for name, number in numbers.items() if number == 0]
    few = [name.lower() for name, number in numbers.items() if 0 < number < minimum]
    sentences = [f"Bland {plural} saknas helt: {', '.join(none)}."] if none else []
    if few:
        sentences.append(f"Bland {plural} har vi hört färre än {minimum} personer från: {', '.join(few)}.")
    return sentences


def _divisions(wave: Wave, everyone: HeardPeople) -> list[Division]:
    offered = [code for code in wave.survey.languages if code in LANGUAGE_NAMES] or [SOURCE]
    spoken = sorted({profile.language for profile in everyone.counted} - set(offered))
    languages = [(code, LANGUAGE_NAMES[code].capitalize()) for code in [*offered, *spoken]]
    ages = [(band.value, str(band.label).capitalize()) for band in AgeBand if band.value]
    ways = sorted({profile.how for profile in everyone.counted})
    roles = [(role.value, name) for role, name in ROLE_NAMES.items()]
    return [
        Division("role", "roller", "Vilka vi har hört, efter roll", "Roll", roles),
        Division("age", "åldrar", "Vilka vi har hört, efter ålder", "Ålder", [*ages, ("", UNKNOWN_AGE)]),
        Division("language", "språk", "Vilka vi har hört, efter språk", "Språk", languages),
        Division("how", "", "Hur vi har lyssnat", "Sätt", [(way, way) for way in ways]),
    ]


def _table(division: Division, counted: GroupCounts, total: str, minimum: int) -> HeardTable:
    rows = tuple(_row(division, count, minimum) for count in counted.counts)
    second = "Hörda?" if division.plural else "Slag"
    note = NOTE.format(minimum) if any(row.number is None for row in rows) else ""
    return HeardTable(division.key, division.caption, division.column, second, rows=rows, total=total, note=note)


def _row(division: Division, count: GroupCount, minimum: int) -> HeardRow:
    # Someone whose age is not known may belong to any age group.
    nobody = "ingen känd" if division.key == "age" else "saknas"
    state = nobody if not count.number else ("få hörda" if count.few else "hörda")
    if not division.plural:
        state = "formulär" if count.label.startswith(FORM) else "samtal"
    elif count.label in {UNKNOWN_ROLE, UNKNOWN_AGE}:
        state = "går inte att säga"
    if count.is_shown:
        return HeardRow(count.label, state, count.number, str(count.number))
    return HeardRow(count.label, state, None, f"färre än {minimum}" if count.few else HIDDEN)
