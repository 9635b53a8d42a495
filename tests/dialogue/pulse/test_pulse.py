"""Four questions by link: nobody can see who answered what, and no figure points to a person."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from actors.models import Invitation, Letter
from dialogue.batching import dialogue_batch
from dialogue.models import PulseAnswer, PulseInvite, Seat
from dialogue.pulse import overview, pulse_answers, pulses
from dialogue.rules.pulse_questions import QUESTIONS, figures
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import token_hash
from tests import factories as make

TODAY = timezone.localdate()
SOON = TODAY + dt.timedelta(days=14)
YES = dict.fromkeys(QUESTIONS, 4)
NO = dict.fromkeys(QUESTIONS, 1)


def letter_link(letter: Letter) -> str:
    (link,) = re.findall(r"/puls/[\w-]+/", letter.text)
    return str(link)


def link_to(address: str) -> str:
    return letter_link(Letter.objects.get(kind="pulse", to=address))


def form_of(answers: dict[str, int]) -> dict[str, Any]:
    return {key: str(answers.get(key, 0)) for key in QUESTIONS}


@pytest.fixture
def crew(ostberga, tova, polly, trafikkontoret):
    """Eight people who work in the bodies."""
    for number in range(6):
        make.official(make.user(f"handlaggare{number}@ostberga.example"), trafikkontoret)


@pytest.fixture
def opened(ostberga, ake, crew):
    return pulses.open_pulse(collaboration=ostberga, closes_on=SOON, by=ake).pulse


@pytest.fixture
def held(ostberga, ake, crew):
    """A pulse of long ago, whose tokens are returned instead of sent."""
    on = dt.date(2017, 3, 1)
    return pulses.open_pulse(collaboration=ostberga, closes_on=on + dt.timedelta(days=20), by=ake, on=on)


def fill(held, *given: dict[str, int]) -> None:
    for token, answers in zip(held.tokens, given, strict=False):
        pulse_answers.answer(token=token, answers=answers, on=held.pulse.opens_on)
    dialogue_batch.write()


def accepted(collaboration, user, by) -> Invitation:
    """An accepted invitation without a body: for somebody with a seat in a group."""
    words = {"email": "x@example.se", "name": "Boende", "token_hash": "h", "invited_by": by}
    now = timezone.now()
    return Invitation.objects.create(
        collaboration=collaboration, accepted_by=user, accepted_at=now, expires_at=now, **words
    )


@pytest.mark.usefixtures("crew")
def test_each_address_gets_one_letter(ostberga, ake, tova, talk, stranger):
    group = make.group(talk, ake, roles=("resident", "elected"))
    invitation = accepted(ostberga, stranger, by=ake)
    group.seats.filter(role="resident").update(invitation=invitation)
    group.seats.filter(role="elected").update(user=tova)
    pulse = pulses.open_pulse(collaboration=ostberga, closes_on=SOON, by=ake).pulse
    sent = list(Letter.objects.filter(kind="pulse").values_list("to", flat=True))

    assert (pulse.invited, len(sent), len(set(sent))) == (9, 9, 9)
    assert stranger.email in sent


def test_somebody_who_left_the_group_is_not_asked(ostberga, ake, crew, talk, stranger):
    group = make.group(talk, ake, roles=("resident",))
    group.seats.update(user=stranger, until=TODAY - dt.timedelta(days=1))

    assert stranger.email not in pulses.recipients(ostberga)
    Seat.objects.update(until=None)
    assert stranger.email in pulses.recipients(ostberga)


def test_it_is_asked_twice_a_year_at_most(ostberga, ake, opened):
    with pytest.raises(Refusal, match="Fråga tidigast") as refused:
        pulses.open_pulse(collaboration=ostberga, closes_on=SOON, by=ake, on=TODAY + dt.timedelta(days=100))

    assert refused.value.code == "too_soon"
    later = TODAY + dt.timedelta(days=120)
    assert pulses.open_pulse(collaboration=ostberga, closes_on=later, by=ake, on=later).pulse.pk


def test_so_few_that_no_answer_could_be_shown_are_not_asked(ostberga, ake, tova, polly):
    with pytest.raises(Refusal, match="Minst 8"):
        pulses.open_pulse(collaboration=ostberga, closes_on=SOON, by=ake)


def test_tova_answers_by_her_link_on_a_phone(opened, tova, browse):
    link = link_to(tova.email)
    page = browse(enforce_csrf_checks=True)
    response = page.get(link)
    thanks = page.post(link, form_of({**YES, "vem": 0}))
    dialogue_batch.write()

    assert (response.status_code, response.cookies, response["X-Robots-Tag"]) == (200, {}, "noindex, nofollow")
    assert "Tack för svaren" in thanks.text
    assert PulseAnswer.objects.get().answers == {key: 4 for key in QUESTIONS if key != "vem"}


def test_opening_the_link_changes_nothing(opened, tova, browse):
    link = link_to(tova.email)
    for _ in range(3):
        browse().get(link)
        browse().head(link)

    assert PulseInvite.objects.count() == opened.invited
    assert browse().post(link, form_of(YES)).status_code == 200


def test_a_question_left_out_is_asked_for_beside_it(opened, tova, browse):
    page = browse().post(link_to(tova.email), {**form_of(YES), "vem": ""})

    assert (page.status_code, page.text.count("Välj ett svar. «Vet inte» går också bra.")) == (422, 1)
    assert 'value="4" required id="id_paverkar_3" checked' in page.text
    assert not PulseAnswer.objects.exists()


def test_used_closed_and_unknown_links_get_the_same_page(opened, tova, polly, browse):
    used, late = link_to(tova.email), link_to(polly.email)
    browse().post(used, form_of(YES))
    pages = {browse().get(used).text, browse().post(used, form_of(NO)).text, browse().get("/puls/finns-inte/").text}
    opened.opens_on, opened.closes_on = TODAY - dt.timedelta(days=9), TODAY - dt.timedelta(days=1)
    opened.save()
    pages |= {browse().get(late).text, browse().post(late, form_of(NO)).text}

    dialogue_batch.write()
    assert len(pages) == 1
    assert PulseAnswer.objects.get().answers == YES


def test_another_site_can_not_answer(opened, tova, browse):
    answer = browse().post(link_to(tova.email), form_of(YES), headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert not PulseAnswer.objects.exists()


def test_nothing_in_the_database_ties_an_answer_to_a_person(opened, tova):
    token = link_to(tova.email).split("/")[2]
    pulse_answers.answer(token=token, answers=YES)
    assert (PulseAnswer.objects.count(), PulseInvite.objects.count()) == (0, opened.invited)
    dialogue_batch.write()

    assert set(PulseAnswer.objects.values().get()) == {"id", "pulse_id", "answers"}
    assert PulseInvite.objects.count() == opened.invited - 1


def test_an_answer_that_waits_when_the_pulse_closes_is_kept(opened, tova):
    pulse_answers.answer(token=link_to(tova.email).split("/")[2], answers=YES)
    pulses.clean_up_closed(SOON + dt.timedelta(days=1))
    dialogue_batch.write()

    assert PulseAnswer.objects.get().answers == YES


def test_links_lie_in_another_order_than_letters(opened):
    stored = list(PulseInvite.objects.order_by("token_hash").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM dialogue_pulseinvite ORDER BY ctid")
        physical = [row[0] for row in cursor.fetchall()]
    sent = [
        token_hash(pulse_answers.LINK, letter_link(letter).split("/")[2])
        for letter in Letter.objects.order_by("written_at")
    ]

    assert physical == stored  # the order of the hashes: no order at all
    assert sent != sorted(sent)


def test_words_of_the_letters_are_thrown_when_it_has_closed(opened, ostberga, ake):
    kept = make_letter(ostberga)
    pulses.clean_up_closed(SOON)
    assert Letter.objects.filter(kind="pulse").count() == opened.invited
    pulses.clean_up_closed(SOON + dt.timedelta(days=1))

    assert list(Letter.objects.all()) == [kept]
    assert not PulseInvite.objects.exists()


def make_letter(collaboration) -> Letter:
    return Letter.objects.create(kind="invitation", to="a@example.se", subject="Hej", collaboration=collaboration)


def test_nobody_sees_a_figure_before_it_has_closed(opened, ostberga, ake, browse):
    for letter in Letter.objects.filter(kind="pulse"):
        browse().post(letter_link(letter), form_of(YES))
    dialogue_batch.write()
    pages = [f"/{ostberga.slug}/sa-arbetar-vi/", f"/samordna/{ostberga.slug}/skruva/"]

    assert PulseAnswer.objects.count() == 8
    assert not any("håller med" in browse(ake).get(page).text for page in pages)
    after = overview.build_overview(ostberga, SOON + dt.timedelta(days=1))
    assert [entry.pulse.answered for entry in after.entries if entry.pulse] == ["6–8"]


def test_a_closed_pulse_is_counted_when_the_last_answers_have_been_written(
    held, ostberga, browse, django_capture_on_commit_callbacks
):
    fill(held, *[YES] * 6)
    pulse_answers.answer(token=held.tokens[6], answers=NO, on=held.pulse.opens_on)
    page = f"/{ostberga.slug}/sa-arbetar-vi/"
    while_it_waits = browse().get(page).text
    with django_capture_on_commit_callbacks(execute=True):
        dialogue_batch.write()
    counted = browse().get(page).text

    assert ("De sista svaren räknas." in while_it_waits, "svarade, utan namn" in while_it_waits) == (True, False)
    assert ("De sista svaren räknas." in counted, "svarade, utan namn" in counted) == (False, True)


def test_a_batch_that_writes_the_last_answers_lets_go_of_its_tables_before_it_announces_them(
    held, ostberga, django_capture_on_commit_callbacks
):
    pulse_answers.answer(token=held.tokens[0], answers=YES, on=held.pulse.opens_on)
    before = version_of(ostberga)
    with django_capture_on_commit_callbacks(execute=False) as announced:
        dialogue_batch.write()
    in_the_batch = version_of(ostberga)
    for announce in announced:
        announce()

    assert (in_the_batch, version_of(ostberga)) == (before, before + 1)


def version_of(collaboration):
    collaboration.refresh_from_db(fields=["public_version"])
    return collaboration.public_version


def test_five_answers_are_not_told_and_six_are(held, ostberga, browse):
    fill(held, *[YES] * 5)
    assert figures(PulseAnswer.objects.values_list("answers", flat=True), asked=8) == ()
    page = f"/{ostberga.slug}/sa-arbetar-vi/"
    assert "För få svarade." in browse().get(page).text
    pulse_answers.answer(token=held.tokens[5], answers=NO, on=held.pulse.opens_on)
    dialogue_batch.write()
    ostberga.bump_public_version()

    text = browse().get(page).text
    assert text.count("Minst hälften håller med") == 4
    assert "6–8 av 8 svarade, utan namn." in text


def test_the_coordinator_sees_no_more_than_everybody(held, ostberga, ake, browse):
    fill(held, *[YES] * 5, {}, NO)
    texts = [
        re.findall(r"<dl class=\"facts\">.*?</dl>", browse(ake).get(page).text, re.DOTALL)
        for page in (f"/{ostberga.slug}/sa-arbetar-vi/", f"/samordna/{ostberga.slug}/skruva/")
    ]

    assert texts[0] == texts[1] != []


def test_an_answer_that_is_none_is_refused(held):
    for answers in ({"vem": 5}, {"annat": 1}):
        with pytest.raises(Refusal, match="Välj ett av svaren"):
            pulse_answers.answer(token=held.tokens[0], answers=answers, on=held.pulse.opens_on)

    assert not PulseAnswer.objects.exists()


def test_a_pulse_of_long_ago_sends_no_letters(held, ostberga):
    assert not Letter.objects.filter(kind="pulse").exists()
    assert (len(held.tokens), held.pulse.invited) == (8, 8)


def test_the_coordinator_opens_it_and_is_told_when_next(ostberga, ake, crew, browse):
    page = f"/samordna/{ostberga.slug}/skruva/"
    browse(ake).post(f"{page}puls/", {"closes_on": SOON.isoformat()})
    wrong = browse(ake).post(f"{page}puls/", {"closes_on": TODAY.isoformat()})

    assert ostberga.pulses.get().invited == 8
    assert "8 personer fick en länk" in browse(ake).get(page).text
    assert wrong.status_code == 422
