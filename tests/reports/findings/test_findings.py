"""The findings: counts of people heard, suppression of small groups, quotes, readings."""

import pytest

from actors.models import User
from reports.findings.gathering import gather_findings
from reports.models import Reading, ReadingComment, ReportVersion
from reports.rules.findings import Findings, from_json
from surveys.models import Statement
from tests import factories as make
from tests.reports.conftest import ReportStory, hear, say

pytestmark = pytest.mark.django_db


def findings(story: ReportStory) -> Findings:
    return gather_findings(story.report, number=1, on=story.wave.opens_on)


def test_who_was_heard_is_counted_and_small_groups_are_hidden(story: ReportStory) -> None:
    heard = findings(story).heard
    roles = {row.label: row.shown for row in heard.tables[0].rows}

    assert roles["Boende"] == "11–23"
    assert roles["Förtroendevalda"] == "färre än 6"
    assert roles["Tjänstepersoner"] == "6–10"
    assert roles["Näringsliv"] == "0"
    assert heard.people == "26–30"


def test_those_who_are_missing_are_named(story: ReportStory) -> None:
    missing = findings(story).heard.missing

    assert "Bland roller saknas helt: näringsliv, föreningar." in missing
    assert "Bland roller har vi hört färre än 6 personer från: förtroendevalda." in missing
    assert "Bland språk saknas helt: engelska, somaliska." in missing


def test_a_form_counts_as_one_person(story: ReportStory, ake: User) -> None:
    make.answer(story.wave, language="so")
    rows = {row.label: row for row in findings(story).heard.tables[2].rows}

    assert rows["Somaliska"].shown == "färre än 6"


def test_a_quote_never_stands_beside_a_role_of_fewer_than_six(story: ReportStory) -> None:
    sources = {quote.text: quote.source for quote in findings(story).quotes()}

    assert sources["Sätt upp fler lampor vid stråket."] == "Boende"
    assert sources["Vi kan skriva till dem som äger frågan."] == ""


def test_a_quote_stands_in_its_own_language_with_swedish_beside_it(story: ReportStory) -> None:
    arabic = next(quote for quote in findings(story).quotes() if quote.language == "ar")

    assert (arabic.text, arabic.translation) == ("الممر مظلم في المساء", "Gången är mörk på kvällen.")
    assert arabic.source == "Boende · översatt"


def test_a_language_of_fewer_than_six_is_shown_only_in_swedish(story: ReportStory, ake: User) -> None:
    hear(story.wave, ake, language="so", resident=2)
    placed = story.report.chosen_themes.get().chosen_perspectives.get(perspective=story.sleep)
    statement = say(story.wave, ake, "Waan seexdaa", story.sleep, language="so", translation="Jag sover.")
    placed.quotes.create(statement=statement, position=5)
    last = next(quote for quote in findings(story).quotes() if quote.statement == str(statement.pk))

    assert (last.text, last.language, last.source) == ("Jag sover.", "sv", "Boende · översatt")


def test_a_quote_taken_back_does_not_come_along_and_the_coordinator_is_told(story: ReportStory) -> None:
    Statement.objects.filter(pk=story.about_lamps.pk).update(state="quarantined", state_note="Hot.")
    gathered = findings(story)

    assert "Sätt upp fler lampor vid stråket." not in [quote.text for quote in gathered.quotes()]
    assert gathered.left_out == (f"Ett citat under «{story.lamps}» får inte längre visas och följer inte med.",)


def test_opposites_stand_side_by_side_with_breadth_and_never_numbers(story: ReportStory) -> None:
    block = findings(story).themes[0].blocks[0]

    assert block.is_polarity
    assert block.about == "Ljus på vägen, mörker i sovrummet"
    assert [perspective.breadth for perspective in block.perspectives] == [
        "Hörts från 2 av 5 grupper",
        "Hörts från 1 av 5 grupper: boende",
    ]
    assert block.perspectives[0].issues[0].title == "Belysning"


def test_a_merged_perspective_is_told_as_what_it_became(story: ReportStory, ake: User) -> None:
    story.lamps.merged_into = story.sleep
    story.lamps.save()
    theme = findings(story).themes[0]

    assert [perspective.title for perspective in theme.perspectives] == [str(story.sleep)]
    assert "Sätt upp fler lampor vid stråket." in [quote.text for quote in theme.perspectives[0].quotes]


def test_findings_survive_being_stored(finished: ReportVersion) -> None:
    finished.refresh_from_db()
    again = from_json(finished.frozen.to_json())

    assert again == finished.frozen
    assert again.checksum == finished.findings_checksum


def test_what_readers_said_is_the_ninth_chapter_once_it_is_handled(
    finished: ReportVersion, written: ReportStory, ake: User
) -> None:
    reading = finished.readings.create(
        label="Öppna förskolan", token_hash="x", created_by=ake, expires_at=finished.requested_at
    )
    comment = ReadingComment.objects.create(reading=reading, text="Ni glömde barnen.")
    assert findings(written).comments == ()

    comment.handle("Vi har lagt till barnens skolväg.", ake)
    assert [handled.outcome for handled in findings(written).comments] == ["Vi har lagt till barnens skolväg."]


def test_the_number_of_questions_to_the_database_does_not_grow(
    story: ReportStory, ake: User, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    placed = story.report.chosen_themes.get().chosen_perspectives.get(perspective=story.lamps)
    for place in range(20):
        placed.quotes.create(statement=say(story.wave, ake, f"Utsaga {place}", story.lamps), position=place)

    with django_assert_max_num_queries(30):  # type: ignore[operator]
        findings(story)


def test_breadth_is_that_of_the_report_and_not_of_earlier_rounds(story: ReportStory, ake: User) -> None:
    earlier = make.wave(story.wave.survey, opened_at=None)
    say(earlier, ake, "Vi lagar det vi kan.", story.sleep, role="official")

    sleep = findings(story).themes[0].blocks[0].perspectives[1]

    assert sleep.breadth == "Hörts från 1 av 5 grupper: boende"


def test_nobody_is_said_to_have_been_asked_without_a_link(
    finished: ReportVersion, written: ReportStory, ake: User
) -> None:
    assert findings(written).reading_note.startswith("Ingen hade fått läsa ett utkast")

    reading, _ = Reading.invite(finished, "Öppna förskolan", ake)
    assert findings(written).reading_note.endswith("hade ingen lämnat någon synpunkt.")
    comment = reading.receive("Ni glömde barnen.")
    assert findings(written).reading_note.endswith("inte behandlade när den här versionen gjordes.")
    comment.handle("Vi har lagt till barnens skolväg.", ake)

    assert findings(written).reading_note == "Vi frågade dem som läste ett utkast: Har vi missat något?"


def test_a_version_stored_before_we_counted_readers_can_still_be_read(finished: ReportVersion) -> None:
    stored = finished.frozen.to_json()
    del stored["readers_asked"], stored["comments_waiting"]

    assert from_json(stored).title == finished.frozen.title


def test_the_appendix_says_where_in_the_process_of_its_dialogue_the_report_belongs(story: ReportStory) -> None:
    talk = story.report.dialogue
    talk.stages.filter(step=2).update(name={"sv": "Vi berättar"})
    told = findings(story)

    assert (told.stages[1], told.stage, len(told.stages)) == ("Vi berättar", 2, 5)
    assert from_json({key: value for key, value in told.to_json().items() if key not in ("stages", "stage")}).stage == 0
