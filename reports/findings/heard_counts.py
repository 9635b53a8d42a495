"""Who was heard in a wave, and who is missing: counted from conversations and forms, with small groups hidden."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from ostberga.lib.privacy.small_numbers import NOBODY, NOTHING, UNKNOWN, NumberSpan, PublishedTables, publish, step_span
from ostberga.lib.translations.languages import SOURCE
from reports.rules.findings import HeardFinding, HeardRow, HeardTable
from surveys.models import Answer, AnswerImport, Heard, Interview, Question, Response, Wave
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
NOTES = {
    True: "Antal visas i steg, och inte för grupper med färre än {} personer. Då går ingen liten grupp att räkna ut.",
    False: "Så få är hörda att antalet i varje grupp inte visas. Då går ingen liten grupp att räkna ut.",
}
FIELDS = ("role", "age", "language", "how")  # the fields of RespondentProfile that tables divide by


@dataclass(frozen=True)
class RespondentProfile:
    """What is known about a person heard; people with equal profiles are counted together."""

    role: str
    language: str
    age: str
    how: str


class HeardPeople:
    """Number of people heard in a wave, by profile. `published` is what was published of them before, if anything."""

    def __init__(
        self, counted: Counter[RespondentProfile], minimum: int, published: HeardFinding | None = None
    ) -> None:
        self.counted = counted
        self.minimum = minimum
        self.published = published

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

    def by(self, field: str) -> Counter[str]:
        """Number of people by one field of the profile."""
        counted: Counter[str] = Counter()
        for profile, number in self.counted.items():
            counted[getattr(profile, field)] += number
        return counted

    def may_name_role(self, role: str) -> bool:
        """Whether it may be told that the group was heard: it is large enough, and the tables have numbers."""
        if not self._has_numbers() or self.number(role=role) < self.minimum:
            return False
        return self._was_published("role", ROLE_NAMES[Role(role)])

    def may_show_language(self, language: str) -> bool:
        """Whether a quote may be shown in the language it was said in."""
        if language == SOURCE:
            return True
        if not self._has_numbers() or self.number(language=language) < self.minimum:
            return False
        return self._was_published("language", language_name(language))

    def may_show_role(self, role: str, language: str) -> bool:
        """Whether a quote may be shown with its role: enough people have it, also among speakers of the language."""
        if role == Role.UNKNOWN or not self.may_name_role(role):
            return False
        language_is_shown = language != SOURCE and self.may_show_language(language)
        return not language_is_shown or self.number(role=role, language=language) >= self.minimum

    def _was_published(self, table: str, label: str) -> bool:
        """Whether the group was large enough for its number when numbers were published, if they were."""
        if self.published is None:
            return True
        rows = [row for shown in self.published.tables if shown.key == table for row in shown.rows]
        return any(row.number for row in rows if row.label == label)

    def _has_numbers(self) -> bool:
        return all(max(self.by(field).values(), default=0) >= self.minimum for field in FIELDS)


def language_name(code: str) -> str:
    """The language's name as it stands in the tables."""
    return LANGUAGE_NAMES[code].capitalize()


def count_people(wave: Wave, minimum: int, published: HeardFinding | None = None) -> HeardPeople:
    """Count everyone heard in the wave, in conversations and forms. Four queries."""
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
    people = Response.objects.of_people().filter(wave=wave)
    for key, language, entry in people.values_list("pk", "language", "entry"):
        role = statement_role(background.get((key, Question.Background.ROLE)))
        how = f"{FORM}, {Response.Entry(entry).label}"
        counted[RespondentProfile(role, language, background.get((key, Question.Background.AGE_BAND), ""), how)] += 1
    behind = AnswerImport.objects.filter(wave=wave, taken_back_at__isnull=True).aggregate(Sum("people"))["people__sum"]
    if behind:  # people whose statements came row by row: how many is known, but not who of them said what
        how = f"{FORM}, {Response.Entry.IMPORT.label}"
        counted[RespondentProfile(Role.UNKNOWN, SOURCE, "", how)] += behind
    return HeardPeople(counted, minimum, published)


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
        counted = everyone.by(self.key)
        named = [(name, counted.pop(code, 0)) for code, name in self.groups]
        return [*named, ("Annat", counted.total())] if counted.total() else named


def build_heard_finding(wave: Wave, everyone: HeardPeople) -> HeardFinding:
    """The tables of who was heard, and who is missing in words. The four tables are published together, by one rule."""
    divisions = _divisions(wave, everyone)
    named = [division.numbers(everyone) for division in divisions]
    published = publish([[number for _, number in groups] for groups in named], everyone.minimum)
    rows = [
        [(name, span) for (name, _), span in zip(groups, spans, strict=True)]
        for groups, spans in zip(named, published.tables, strict=True)
    ]
    conversations, forms = _conversations(wave, everyone), _forms(rows[-1], published)
    return HeardFinding(
        people=published.total.words,
        conversations=conversations,
        forms=forms,
        tables=tuple(
            _table(division, groups, published, everyone.minimum)
            for division, groups in zip(divisions, rows, strict=True)
        ),
        missing=tuple(_missing(divisions, rows, published)),
        summary=_summary(published, conversations, forms),
    )


def _conversations(wave: Wave, everyone: HeardPeople) -> str:
    is_told = everyone.total >= everyone.minimum or not everyone.total
    return step_span(wave.interviews.count(), everyone.minimum).words if is_told else str(UNKNOWN)


def _forms(ways: Sequence[tuple[str, NumberSpan]], published: PublishedTables) -> str:
    """The number of forms: a sum of the rows of ways of listening, and so nothing more than they tell."""
    spans = [span for name, span in ways if name.startswith(FORM)]
    return sum(spans, start=NOBODY).words if published.has_numbers or not spans else str(UNKNOWN)


def _summary(published: PublishedTables, conversations: str, forms: str) -> str:
    """The sentences that follow «Under hösten 2026»."""
    people = published.total.words
    if published.has_numbers:
        asked = f"förde vi {conversations} samtal och fick {forms} ifyllda formulär"
        return f"{asked}. Tillsammans hördes {people} personer."
    if published.total == NOBODY:
        return "har vi inte hört någon."
    if conversations == str(UNKNOWN):
        return f"hördes {people} personer. Då visas inget mer om vilka de var."
    return f"förde vi {conversations} samtal. Med dem som skrev hördes {people} personer."


def _missing(
    divisions: Sequence[Division], rows: Sequence[Sequence[tuple[str, NumberSpan]]], published: PublishedTables
) -> list[str]:
    """Sentences that name the groups nobody, or too few, have been heard from, read off what is published."""
    sentences = []
    for place, (division, groups) in enumerate(zip(divisions, rows, strict=True)):
        known = [(name, span) for name, span in groups if name not in {UNKNOWN_ROLE, UNKNOWN_AGE}]
        if division.plural and any(span.least for _, span in known):
            sentences += _sentences(division.plural, known)
        is_numbered = published.has_numbers and division.key == "age"
        if is_numbered and groups[published.largest[place] or 0][0] == UNKNOWN_AGE:
            sentences.append("För de flesta vet vi inte åldern. I samtalen frågar vi inte om den.")
    return sentences


def _sentences(plural: str, known: Sequence[tuple[str, NumberSpan]]) -> list[str]:
    none = [name.lower() for name, span in known if span == NOBODY]
    few = [(name.lower(), span.words) for name, span in known if span.least == 1 and span.most]
    sentences = [f"Bland {plural} saknas helt: {', '.join(none)}."] if none else []
    if few:
        names = ", ".join(name for name, _ in few)
        sentences.append(f"Bland {plural} har vi hört {few[0][1]} personer från: {names}.")
    return sentences


def _divisions(wave: Wave, everyone: HeardPeople) -> list[Division]:
    offered = [code for code in wave.survey.languages if code in LANGUAGE_NAMES] or [SOURCE]
    spoken = sorted({profile.language for profile in everyone.counted} - set(offered))
    languages = [(code, language_name(code)) for code in [*offered, *spoken]]
    ages = [(band.value, str(band.label).capitalize()) for band in AgeBand if band.value]
    ways = sorted({profile.how for profile in everyone.counted})
    roles = [(role.value, name) for role, name in ROLE_NAMES.items()]
    return [
        Division("role", "roller", "Vilka vi har hört, efter roll", "Roll", roles),
        Division("age", "åldrar", "Vilka vi har hört, efter ålder", "Ålder", [*ages, ("", UNKNOWN_AGE)]),
        Division("language", "språk", "Vilka vi har hört, efter språk", "Språk", languages),
        Division("how", "", "Hur vi har lyssnat", "Sätt", [(way, way) for way in ways]),
    ]


def _table(
    division: Division, groups: Sequence[tuple[str, NumberSpan]], published: PublishedTables, minimum: int
) -> HeardTable:
    rows = tuple(HeardRow(name, _state(division, name, span), span.middle, span.words) for name, span in groups)
    second = "Hörda?" if division.plural else "Slag"
    note = NOTES[published.has_numbers].format(minimum) if published.total != NOBODY else ""
    total = published.total.words
    return HeardTable(division.key, division.caption, division.column, second, rows=rows, total=total, note=note)


def _state(division: Division, name: str, span: NumberSpan) -> str:
    if not division.plural:
        return "formulär" if name.startswith(FORM) else "samtal"
    if span == NOBODY:
        # Someone whose age is not known may belong to any age group.
        return "ingen känd" if division.key == "age" else "saknas"
    if name in {UNKNOWN_ROLE, UNKNOWN_AGE} or span == NOTHING:
        return "går inte att säga"
    return "få hörda" if span.least == 1 and span.most else "hörda"
