"""What a city takes out and brings in to an empty collaboration is equal when it is taken out again, cell by cell.

What differs is listed by column with why; everything else must be equal.
"""

import datetime as dt
import io
from uuid import uuid4

import pytest
from django.utils import timezone

from dialogue.lists.activities import ACTIVITIES
from dialogue.lists.decisions import DECISIONS
from dialogue.lists.issues import ISSUES
from dialogue.models import Activity, Issue, PartDecision
from dialogue.rules.activities import ActivityState, Part
from reports.downloads.catalogue import TABLES
from reports.downloads.file_making import write_file
from surveys.codebook.perspectives import attach
from surveys.importing.columns.layout import ImportSource
from surveys.importing.reading.files import read_file
from surveys.lists import list_import
from surveys.lists.declared import ListContext
from surveys.lists.kinds.codebook import CODEBOOK
from surveys.lists.kinds.statements import STATEMENTS
from surveys.lists.list_import import ListStored
from surveys.models import Perspective, Statement
from surveys.statements.reviewing import Review, confirm
from tests import factories as make
from tests.reports.downloads.reading_files import cells_of, made

pytestmark = pytest.mark.django_db

TITLE, TEXT = '=1+1; "inte" mörker: ljus 🌳 نور', 'Först\n\n=2+2; "sedan" <b> & نور\n- sist.'
DAY = dt.date(2017, 2, 2)
OF_ITS_OWN = {"Dialog", "Formulär", "Omgång", "Nyckel"}  # the other collaboration's names, and random keys
EARNED = {"Steg", "Offentlig", "Svar till dem som frågade", "Avslutad"}  # steps, publication and answers are earned
NOBODY_COUNTED = {"Roll", "Ändrad"}  # statements come as they were masked, of nobody counted (ADR 47)
WHOSE_WORD = {"Enligt listan", "Inlagd av", "Inlagd", "Organisationens ord om raden"}  # of the list that brought them
WHOSE_WORD |= {"Vad som är fel", "Sagt av", "Sagt"}


def rows_of(slug, place, without=frozenset(), only=None):
    """Return the rows of a table by column. Their order, which tells of keys and days, is that of their words."""
    names = [column.name for column in TABLES[slug].arranged(["sv", "en", "so", "ar"]).columns]
    rows = [dict(zip(names, cells, strict=True)) for cells in cells_of(slug, place)]
    kept = [{name: cell or None for name, cell in row.items() if name not in without} for row in rows]
    return sorted(({name: row[name] for name in only or row} for row in kept), key=repr)


def with_the_same_partners(slug, ake, *bodies):
    """Another collaboration of Åke's, where the bodies are known: lists tell of no others."""
    place = make.collaboration(slug)
    make.coordinator(place, ake)
    for body in bodies:
        make.partnership(place, body)
    return place


@pytest.fixture
def empty(ake, trafikkontoret, polisen):
    """Another collaboration of the same partners, with an open form and a dialogue and nothing said or done."""
    place = with_the_same_partners("tom", ake, trafikkontoret, polisen)
    make.wave(make.survey(place))
    make.dialogue(place)
    return place


@pytest.fixture
def carry(ake, empty):
    """Bring in what a file holds, and return what came of its rows that did not come in."""

    def send(kind, content, to=empty):
        source = ImportSource(book=read_file(content).decode())
        wave = to.surveys.get().waves.get() if kind.needs_wave else None
        told = {"collaboration": to, "by": ake, "wave": wave, "source": "Från den förra"}
        run = list_import.judge(kind=kind, context=ListContext(**told), source=source, chosen={})
        done = list_import.store(
            kind=kind, context=ListContext(**told), source=source, chosen={}, key=uuid4(), seen=run.fingerprint
        )
        assert isinstance(done, ListStored), run.problem
        return [" ".join(row.reasons) for row in run.not_stored]

    return send


@pytest.fixture
def codes(ostberga, ake):
    """A codebook: one perspective in two themes, one in none, one that has gone up in another, and an empty theme."""
    words = {"sv": TITLE, "en": "Light", "ar": "نور"}
    light = make.perspective(ostberga, ake, description=TEXT, is_dissenting=True)
    Perspective.objects.update(title=words)
    dark = make.perspective(ostberga, ake, "Vi som vill ha mörker")
    make.perspective(ostberga, ake, "Vi som var här förr", merged_into=light)
    for title, about in (("Ljus", TEXT), ("Trygghet", ""), ("Ingen än", "Väntar")):
        theme = make.theme(ostberga, title, description=about)
        if title != "Ingen än":
            theme.placements.create(perspective=light)
    return light, dark


def test_a_codebook_comes_back_equal_as_a_workbook(carry, codes, ostberga, empty):
    refused = carry(CODEBOOK, made("kodbok", "xlsx", ostberga))

    assert refused == ["Används inte längre, så det tas inte in."]
    used = [row for row in rows_of("kodbok", ostberga) if row["I bruk"]]
    assert len(used) == 4
    assert rows_of("kodbok", empty) == used


def test_a_codebook_comes_back_equal_through_the_standard_of_other_programs(carry, codes, ostberga, empty):
    file = io.BytesIO()
    write_file("kodbok-refi", "qdc", ostberga, file, lambda _rows: None)
    assert carry(CODEBOOK, file.getvalue()) == []

    # The standard has neither other languages nor minority voices, and our file no empty themes.
    without = {"Nej-röst", *(f"Perspektiv ({language})" for language in ("engelska", "somaliska", "arabiska"))}
    used = [row for row in rows_of("kodbok", ostberga, without) if row["I bruk"] and row["Perspektiv"]]
    assert rows_of("kodbok", empty, without) == used


def test_statements_come_back_equal_once_they_are_reviewed(carry, codes, form, ostberga, empty, ake):  # noqa: PLR0917
    wave = make.wave(form)
    said = [make.statement(wave, text, by=ake) for text in (TEXT, "Mer ljus", "Mer ljus")]
    for statement, perspectives in zip(said, (codes, codes[:1], ()), strict=True):
        for perspective in perspectives:
            attach(statement=statement, perspective=perspective, by=ake)
    carry(CODEBOOK, made("kodbok", "xlsx", ostberga))
    assert carry(STATEMENTS, made("utsagor", "xlsx", ostberga)) == []
    for statement in Statement.objects.filter(wave__survey__collaboration=empty):
        confirm(statement=statement, review=Review(statement.raw_text), by=ake)

    without = OF_ITS_OWN | NOBODY_COUNTED
    assert len(rows_of("utsagor", ostberga)) == 3
    assert rows_of("utsagor", empty, without) == rows_of("utsagor", ostberga, without)


@pytest.fixture
def issues(talk, codes, trafikkontoret, polisen):
    """Two issues, one of them with all that an issue has."""
    full = make.issue(talk, TITLE, slug="ljuset")
    texts = {"title": {"sv": TITLE, "so": "Nal"}, "description": {"sv": TEXT}}
    Issue.objects.filter(pk=full.pk).update(next_up={"sv": "Möte", "en": "Meeting"}, **texts)
    for perspective in codes:
        full.links.create(perspective=perspective, linked_by=perspective.created_by)
    full.concerned.create(organisation=trafikkontoret, why="Sköter lamporna; och stolparna: alla.")
    full.concerned.create(organisation=polisen, why="")
    return full, make.issue(talk, "Bänken", slug="banken")


def test_issues_come_back_equal(carry, issues, ostberga, empty):
    carry(CODEBOOK, made("kodbok", "xlsx", ostberga))
    assert carry(ISSUES, made("sakfragor", "xlsx", ostberga)) == []

    without = {"Dialog"} | EARNED
    assert rows_of("sakfragor", empty, without) == rows_of("sakfragor", ostberga, without)
    assert not Issue.objects.filter(dialogue__collaboration=empty, published_at__isnull=False).exists()


@pytest.fixture
def decided(issues, ake, trafikkontoret, polisen):
    """Two bodies' answers on one decision about two issues, and a question that nobody has answered."""
    held = make.decision(issues[0], ake, answer="approved", title={"sv": TITLE})
    held.about.create(issue=issues[1], round=issues[1].rounds.get())
    given = {"answered_by": ake, "answered_at": timezone.now(), "decided_on": DAY}
    facts = {"instance": "Trafiknämnden", "paragraph": "12–13", "registry_number": "T-2017/1", "conditions": "Ja; om"}
    facts |= {"form": "committee", "answer": "conditions", "motivation": TEXT, "reservations": "(X)"}
    for body, told in (
        (trafikkontoret, {**facts, "delegation_item": "4.1"}),
        (polisen, {"form": "authority", "answer": "refused", "motivation": "Nej."}),
    ):
        PartDecision.objects.create(decision=held, organisation=body, **given, **told, **make.answered_under(body, ake))
    make.decision(issues[0], ake, polisen, title={"sv": "Väntar"})
    return held


def test_decisions_come_back_equal_as_the_lists_word(  # noqa: PLR0917
    carry, decided, ostberga, empty, ake, trafikkontoret, polisen
):
    carry(CODEBOOK, made("kodbok", "xlsx", ostberga))
    carry(ISSUES, made("sakfragor", "xlsx", ostberga))
    refused = carry(DECISIONS, made("delbeslut", "xlsx", ostberga))
    assert len(refused) == PartDecision.objects.filter(answer="requested").count() == 1

    told = rows_of("beslut-enligt-listor", empty, {"Dialog"} | WHOSE_WORD)
    given = [row for row in rows_of("delbeslut", ostberga) if row["Svar"] != "begärt"]
    assert told == sorted(({name: row[name] for name in told[0]} for row in given), key=repr)
    third = with_the_same_partners("tredje", ake, trafikkontoret, polisen)
    for number, issue in enumerate(Issue.objects.filter(dialogue__collaboration=empty)):
        make.issue(third.dialogues.first() or make.dialogue(third), str(issue), slug=f"fraga-{number}")
    assert carry(DECISIONS, made("beslut-enligt-listor", "xlsx", empty), to=third) == []
    assert rows_of("beslut-enligt-listor", third, {"Dialog"} | WHOSE_WORD) == told


@pytest.fixture
def activities(decided, issues, ake, trafikkontoret, polisen):
    """One that is done, with all that an activity has, and one that is only planned."""
    texts = {"title": {"sv": TITLE}, "description": {"sv": TEXT}, "outcome": {"sv": TEXT}}
    time = {"start": DAY, "end": dt.date(2017, 10, 31), "precision": "month", "ended_on": DAY}
    full = make.activity(issues[0], ake, decided, state=ActivityState.DONE, place="Torget", **texts, **time)
    Activity.objects.filter(pk=full.pk).update(carried_on_by="Gatudriften")
    make.commitment(full, trafikkontoret, ake)
    make.commitment(full, polisen, ake, part=Part.PARTNER)
    make.activity(issues[1], ake, title={"sv": "Måla bänken"}, start=timezone.localdate() + dt.timedelta(days=400))
    return full


def test_activities_come_back_equal_as_the_lists_word(carry, activities, ostberga, empty):
    carry(CODEBOOK, made("kodbok", "xlsx", ostberga))
    carry(ISSUES, made("sakfragor", "xlsx", ostberga))
    assert carry(ACTIVITIES, made("aktiviteter", "xlsx", ostberga)) == []

    told = rows_of("aktiviteter-enligt-listor", empty, {"Dialog"} | WHOSE_WORD)
    assert len(told) == 2
    assert told == rows_of("aktiviteter", ostberga, only=list(told[0]))
    assert not Activity.objects.filter(dialogue__collaboration=empty).exists()
