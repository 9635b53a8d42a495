"""Cutting statements from raw text, reviewing them, and undo."""

import pytest

from ostberga.lib.refusal import Refusal
from surveys.codebook import perspectives
from surveys.coding.forms.reviewing import MOST_CHOICES, ReviewForm
from surveys.models import CodingEvent, Statement
from surveys.statements import cutting, reviewing
from surveys.statements.reviewing import Review
from surveys.statements.sources import Source
from surveys.statements.undoing import undo_last
from tests import factories as make

State = Statement.State


def test_an_answer_becomes_one_statement_and_is_read(ake, autumn):
    source = Source(make.answer(autumn, "Det är mörkt vid tunneln."))

    statement = cutting.get_or_create_whole(source=source, by=ake)
    reviewing.confirm(statement=statement, review=Review("Det är mörkt vid tunneln."), by=ake)

    statement.refresh_from_db()
    assert (statement.state, statement.is_altered, statement.reviewed_by) == (State.CONFIRMED, False, ake)
    source.row.refresh_from_db()
    assert source.is_read


@pytest.mark.parametrize(
    "text", ["Ring 070-174 06 12.", "Skriv till boende@example.se.", "Hon i port 14 ringer polisen."]
)
def test_what_points_somebody_out_can_not_be_confirmed(ake, autumn, text):
    statement = cutting.get_or_create_whole(source=Source(make.answer(autumn, text)), by=ake)

    with pytest.raises(Refusal, match="Det här kan peka ut någon"):
        reviewing.confirm(statement=statement, review=Review(text), by=ake)

    statement.refresh_from_db()
    assert (statement.state, statement.text) == (State.RAW, "")


def test_a_person_can_say_that_an_address_may_stay_but_never_a_telephone_number(ake, autumn):
    place = cutting.get_or_create_whole(source=Source(make.answer(autumn, "Möt oss vid port 14.")), by=ake)
    reviewing.confirm(statement=place, review=Review("Möt oss vid port 14.", kept=frozenset({"port 14"})), by=ake)
    phone = cutting.get_or_create_whole(source=Source(make.answer(autumn, "Ring 070-174 06 12.")), by=ake)

    with pytest.raises(Refusal, match="Maska det först"):
        reviewing.confirm(statement=phone, review=Review("070-174 06 12", kept=frozenset({"070-174 06 12"})), by=ake)

    assert place.state == State.CONFIRMED


def test_another_language_needs_a_translation_that_is_masked_too(ake, autumn):
    answer = make.answer(autumn, "It is dark.", language="en")
    statement = cutting.get_or_create_whole(source=Source(answer), by=ake)

    with pytest.raises(Refusal, match="svensk översättning"):
        reviewing.confirm(statement=statement, review=Review("It is dark.", language="en"), by=ake)
    leaking = Review("It is dark.", translation="Ring 070-174 06 12", language="en")
    with pytest.raises(Refusal, match="070-174 06 12"):
        reviewing.confirm(statement=statement, review=leaking, by=ake)


def test_a_translation_tells_who_answers_for_it_and_whether_a_machine_began(ake, autumn):
    statement = cutting.get_or_create_whole(source=Source(make.answer(autumn, "It is dark.", language="en")), by=ake)
    review = Review("It is dark.", translation="Det är mörkt.", translation_is_machine=True, language="en")

    reviewing.confirm(statement=statement, review=review, by=ake)

    statement.refresh_from_db()
    stored = (statement.swedish, statement.translated_by, statement.translation_is_machine)
    assert stored == ("Det är mörkt.", ake, True)


def test_a_note_is_cut_by_marking_and_no_part_twice(ake, autumn):
    source = Source(make.interview(autumn, ake, "Mer ljus.\r\n\r\nTätare bussar."))

    second = cutting.cut_statement(source=source, start=10, end=26, by=ake)

    assert (second.raw_text, second.span_start, second.span_end) == ("Tätare bussar.", 11, 25)
    with pytest.raises(Refusal, match="redan en utsaga"):
        cutting.cut_statement(source=source, start=0, end=13, by=ake)
    with pytest.raises(Refusal, match="utsaga är inte granskad"):
        cutting.finish_source(source=source, by=ake)


def test_an_answer_with_several_ideas_is_split_by_empty_lines(ake, autumn):
    source = Source(make.answer(autumn, "Mer ljus.\n\nTätare bussar.\n---\nEn bänk."))

    statements = cutting.split_source(source=source, written=source.text, by=ake)

    assert [statement.raw_text for statement in statements] == ["Mer ljus.", "Tätare bussar.", "En bänk."]
    for statement in statements:
        reviewing.confirm(statement=statement, review=Review(statement.raw_text), by=ake)
    source.row.refresh_from_db()
    assert source.is_read is False  # The three dashes are left: a person says that all has been read.


def test_a_text_of_thousands_of_parts_is_refused_in_words_and_nothing_is_cut(ake, autumn):
    source = Source(make.answer(autumn, "a\n\n" * 101))

    with pytest.raises(Refusal, match="101 delar är för många"):
        cutting.split_source(source=source, written=source.text, by=ake)

    assert source.statements.count() == 0


def test_what_is_found_beyond_what_is_asked_about_is_masked(autumn):
    """Somebody sends twenty thousand characters of what looks like numbers of cars."""
    text = " ".join(f"ABC {number}" for number in range(100, 300))
    form = ReviewForm(Source(make.answer(autumn, text)), None)

    assert len(form["keep"].subwidgets) == MOST_CHOICES < len(form.findings)
    assert "ABC" not in form.initial["text"]


def test_quarantine_needs_a_note_and_can_be_taken_back(ake, autumn):
    statement = cutting.get_or_create_whole(source=Source(make.answer(autumn, "Jag ska slå honom.")), by=ake)

    with pytest.raises(Refusal, match="Skriv varför"):
        reviewing.quarantine(statement=statement, note=" ", by=ake)
    reviewing.quarantine(statement=statement, note="Polisen vet.", by=ake)
    assert statement.state == State.QUARANTINED

    undo_last(collaboration=autumn.survey.collaboration, by=ake)
    statement.refresh_from_db()
    assert (statement.state, statement.reviewed_by) == (State.RAW, None)


def test_the_second_coder_learns_that_the_first_was_there(ake, disa, autumn):
    source = Source(make.answer(autumn))
    statement = cutting.get_or_create_whole(source=source, by=ake)
    seen = statement.version
    reviewing.confirm(statement=statement, review=Review("Mer ljus."), by=ake)

    with pytest.raises(Refusal, match="Åke bekräftade utsagan nyss"):
        reviewing.confirm(statement=statement, review=Review("Mera ljus."), by=disa, seen=seen)
    with pytest.raises(Refusal, match="Åke gick igenom svaret nyss"):
        cutting.get_or_create_whole(source=source, by=disa)

    statement.refresh_from_db()
    assert statement.text == "Mer ljus."


def test_undo_takes_back_my_acts_one_by_one_and_never_anothers(ake, disa, autumn, ostberga):
    source = Source(make.interview(autumn, ake, "Mer ljus."))
    statement = cutting.cut_statement(source=source, start=0, end=9, by=ake)
    perspective = perspectives.create_perspective(collaboration=ostberga, title={"sv": "Vi som vill se"}, by=ake)
    perspectives.attach(statement=statement, perspective=perspective, by=ake)
    perspectives.create_perspective(collaboration=ostberga, title={"sv": "Vi som vill sova"}, by=disa)

    verbs = [undo_last(collaboration=ostberga, by=ake).verb for _ in range(3)]

    assert verbs == ["attach", "create", "cut"]
    assert Statement.objects.count() == 0
    with pytest.raises(Refusal, match="inget att ångra"):
        undo_last(collaboration=ostberga, by=ake)
    assert CodingEvent.objects.filter(undone_at=None).get().by == disa


def test_undoing_a_confirmation_hides_the_words_at_once(ake, autumn, ostberga):
    statement = make.statement(autumn, by=ake)
    perspectives.attach(statement=statement, perspective=make.perspective(ostberga, ake), by=ake)
    reviewing.confirm(statement=statement, review=Review("Mer ljus."), by=ake)
    before = ostberga.public_version

    undo_last(collaboration=ostberga, by=ake)

    statement.refresh_from_db()
    ostberga.refresh_from_db()
    assert statement.is_publishable is False
    assert ostberga.public_version > before


def test_the_log_holds_no_words_that_somebody_said(ake, autumn, ostberga):
    source = Source(make.answer(autumn, "Hemligt: 070-174 06 12"))
    statement = cutting.get_or_create_whole(source=source, by=ake)
    reviewing.confirm(statement=statement, review=Review("Maskat ord"), by=ake)
    reviewing.quarantine(statement=statement, note="Hemlig anteckning", by=ake)

    log = str(list(CodingEvent.objects.values("verb", "details")))

    assert "070" not in log
    assert "Maskat" not in log
    assert "Hemlig" not in log
