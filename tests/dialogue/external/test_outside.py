"""Bodies outside the collaboration: petitions, letters, replies, and missing replies that are shown as silence."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from actors.models import Letter
from dialogue.external import outside_bodies
from dialogue.history.issue_events import list_events
from dialogue.history.receipt_story import build_receipt_lines
from dialogue.issues.quotes import PerspectiveLineage
from dialogue.models import OutsideQuestion, Petition
from ostberga.lib.refusal import Refusal
from tests import factories as make

TODAY = timezone.localdate()
BUSES = "Bussar 134 och 168"


@pytest.fixture(autouse=True)
def region(ostberga, ake):
    """The body that runs the buses, outside the collaboration."""
    addressee = make.organisation("Storstockholms Lokaltrafik", short_name="SL", slug="sl")
    ostberga.addressees.create(organisation=addressee, about={"sv": "Kör bussarna."})
    return addressee


@pytest.fixture
def at_work(ake, browse):
    return browse(ake)


def ago(days):
    return TODAY - dt.timedelta(days=days)


def asked_about(issue):
    """Who is asked, and by whom."""
    place = issue.dialogue.collaboration
    return {"addressee": place.addressees.get().organisation, "by": place.appointments.get().user}


def petition(issue, **more: Any):
    fields: dict[str, Any] = {"subject": {"sv": BUSES}, "sent_on": ago(60), "reply_due": ago(30)}
    names = more.pop("names", outside_bodies.SignatureCount(1000, "about", "Lokaltidningen"))
    return outside_bodies.register_petition(issue=issue, names=names, **asked_about(issue), **{**fields, **more})


def letter(issue, **more: Any):
    fields: dict[str, Any] = {"subject": {"sv": BUSES}, "text": "Varför ställs turerna in?"}
    days: dict[str, Any] = {"sent_on": ago(60), "reply_due": ago(30)}
    return outside_bodies.send_question(issue=issue, **{**asked_about(issue), **fields, **days, **more})


def url(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def typed(issue, region, **more):
    fields = {"issue": issue.pk, "addressee": region.pk, "subject_sv": BUSES, "sent_on": TODAY}
    return fields | {"names": 1000, "certainty": "about", "source": "Lokaltidningen"} | more


def test_the_coordinator_writes_down_how_many_and_who_says_so(ready, region, at_work):
    page = at_work.post(url("petition-new"), typed(ready, region), follow=True).text

    assert ("Ungefär 1" in page, "Lokaltidningen" in page) == (True, True)
    assert Petition.objects.get().round == ready.rounds.get()


def test_there_is_nowhere_to_write_who_has_signed():
    kept = {field.name for field in Petition._meta.get_fields()}

    assert kept == {
        *("id", "issue", "round", "addressee", "subject", "names", "certainty", "source"),
        *("sent_on", "reply_due", "reply", "replied_on", "registered_by", "registered_at", "own_words"),
    }


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((1012, "counted"), "1"),
        ((1000, "about"), "ungefär"),
        ((1000, "unsure"), "källorna säger olika"),
        ((None, "about"), "okänt antal namn"),
    ],
)
def test_residents_read_the_number_with_how_sure_it_is(ready, amina, names, words):
    petition(ready, names=outside_bodies.SignatureCount(names[0], names[1], "Lokaltidningen"))
    page = amina.get(ready.get_absolute_url()).text

    assert ("Namninsamling till SL" in page, words in page.lower(), "Lokaltidningen" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("late", "words"),
    [(1, "för en dag sedan"), (20, "för 20 dagar sedan"), (400, "för ett år sedan"), (3130, "för 8 år sedan")],
)
def test_silence_is_told_with_how_long(ready, amina, late, words):
    letter(ready, sent_on=ago(late + 30), reply_due=ago(late))
    page = amina.get(ready.get_absolute_url()).text

    assert (page.count("Inget svar från SL"), page.count(words)) == (2, 2)


def test_before_the_day_we_wait(ready, amina):
    letter(ready, reply_due=TODAY)
    page = amina.get(ready.get_absolute_url()).text

    assert ("Vi väntar på svar från SL" in page, "Inget svar" in page) == (True, False)


def test_an_answer_ends_the_silence(ready, amina, at_work):
    question = letter(ready)
    at_work.post(url("outside-question", question.pk), {"words_sv": "Vi har ont om förare.", "on": TODAY})
    page = amina.get(ready.get_absolute_url()).text

    assert ("Så återger samordnaren svaret från SL" in page, "Vi har ont om förare." in page, "Inget svar" in page) == (
        True,
        True,
        False,
    )


def test_the_body_sees_what_is_told_as_its_reply(ready, at_work):
    question = letter(ready)
    registry = make.registry(question.addressee)
    at_work.post(url("outside-question", question.pk), {"words_sv": "Vi har ont om förare.", "on": TODAY})
    told = Letter.objects.get(kind="outside-replied")

    assert (told.to, "Vi har ont om förare." in told.text, "samordnarens återgivning" in told.text) == (
        registry,
        True,
        True,
    )
    assert "som samordnaren återger det" in at_work.get(url("outside-question", question.pk)).text


def receipt_lines(issue):
    """The kinds of lines that a receipt tells about the issue."""
    events = list_events([issue], PerspectiveLineage(issue.dialogue.collaboration))[issue.pk]
    return [line.kind for line in build_receipt_lines(events, [], ago(70))]


def test_a_receipt_tells_the_latest_of_it(ready):
    question = letter(ready)
    before = receipt_lines(ready)
    outside_bodies.register_reply(to=question, words={"sv": "Nej."}, on=TODAY, by=question.registered_by)

    assert (before, receipt_lines(ready)) == (["outside"], ["outside_reply"])


def test_an_answer_is_written_once(ready, ake):
    enquiry = petition(ready)
    outside_bodies.register_reply(to=enquiry, words={"sv": "Nej."}, on=TODAY, by=ake)
    with pytest.raises(Refusal) as no:
        outside_bodies.register_reply(to=enquiry, words={"sv": "Jo."}, on=TODAY, by=ake)

    assert no.value.code == "already_replied"


@pytest.mark.parametrize("day", [ago(90), TODAY + dt.timedelta(days=1)])
def test_an_answer_comes_after_the_question_and_has_come(ready, at_work, day):
    question = letter(ready)
    page = at_work.post(url("outside-question", question.pk), {"words_sv": "Kanske.", "on": day})

    assert (page.status_code, "Kanske." in page.text, "on" in page.context["form"].errors) == (422, True, True)


def test_everybody_finds_who_wrote_what_down(ready, ake):
    outside_bodies.register_reply(to=petition(ready), words={"sv": "Nej."}, on=TODAY, by=ake)
    letter(ready)

    assert {*ready.events.values_list("kind", "by")} == {
        *(("petitioned", ake.pk), ("replied", ake.pk), ("asked_out", ake.pk))
    }


def test_what_happened_before_belongs_to_the_round_of_then(ready):
    later = ready.rounds.create(number=2, started_on=ago(5))
    questions = [letter(ready, sent_on=ago(days), reply_due=TODAY) for days in (4000, 60, 2)]

    assert [question.round.number for question in questions] == [1, 1, later.number]


def test_only_those_who_stand_outside_are_asked(ready, trafikkontoret):
    with pytest.raises(Refusal) as no:
        letter(ready, addressee=trafikkontoret)

    assert no.value.code == "not_outside"


def test_a_letter_goes_out_when_an_address_is_typed(ready, region, at_work, django_capture_on_commit_callbacks):
    fields = {"text": "Varför?", "reply_due": TODAY, "email": "sl@example.se"}
    at_work.post(url("outside-new"), typed(ready, region, **fields))
    sent = Letter.objects.get()

    assert (sent.kind, sent.to, sent.subject, "Varför?" in sent.text) == ("outside-asked", "sl@example.se", BUSES, True)


def test_no_letter_goes_out_about_what_was_long_ago(ready):
    letter(ready, sent_on=ago(900), reply_due=ago(800), email="sl@example.se")

    assert (Letter.objects.count(), len(mail.outbox), OutsideQuestion.objects.count()) == (0, 0, 1)


def test_a_letter_without_a_day_keeps_what_was_typed(ready, region, at_work):
    page = at_work.post(url("outside-new"), typed(ready, region, text="Varför?", reply_due=ago(3)))

    assert (page.status_code, "Varför?" in page.text) == (422, True)
    assert page.context["form"].errors["reply_due"] == ["Svaret kan inte väntas innan det skickades."]


def test_the_longest_silence_comes_first(ready, at_work):
    for late, subject in ((2, "Ny"), (900, "Gammal"), (0, "Väntar")):
        letter(ready, subject={"sv": subject}, sent_on=ago(950), reply_due=ago(late))
    waiting = at_work.get(url("outside")).context["waiting"]

    assert [(str(row.enquiry), row.days) for row in waiting] == [("Gammal", 900), ("Ny", 2), ("Väntar", 0)]


def test_without_anybody_outside_the_page_says_where_to_begin(talk, at_work):
    assert url("partners") in at_work.get(url("outside")).text


@pytest.mark.parametrize("path", ["issue", "outside"])
def test_pages_cost_the_same_for_one_and_three(ready, ake, at_work, count_queries, path):
    there = ready.get_absolute_url() if path == "issue" else url("outside")
    petition(ready)
    letter(ready)
    at_work.get(there)
    for_one = count_queries(lambda: at_work.get(there))
    for _ in range(2):
        outside_bodies.register_reply(to=petition(ready), words={"sv": "Nej."}, on=TODAY, by=ake)
        letter(ready)

    assert count_queries(lambda: at_work.get(there)) == for_one


def test_for_everybody_else_it_does_not_exist(ready, elsewhere, stranger, browse):
    doors = [url("outside"), url("petition-new"), url("outside-new"), url("petition", petition(ready).pk)]
    doors.append(url("outside-question", letter(ready).pk))

    assert {browser.get(door).status_code for door in doors for browser in (elsewhere, browse(stranger))} == {404}
