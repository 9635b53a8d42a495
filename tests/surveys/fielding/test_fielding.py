"""Åke opens and closes waves, and manages channels."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ostberga.lib.refusal import Refusal
from surveys.fielding import channels, wave_planning
from surveys.models import Channel, Wave
from tests import factories as make

pytestmark = pytest.mark.django_db


def to(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def test_a_wave_is_planned_opened_and_answered(ake, amina, form, browse):
    today = timezone.localdate().isoformat()
    browse(ake).post(to("wave-new", form.pk), {"title": "Våren", "opens_on": today})
    wave = form.waves.get()
    door = f"/svara/{form.channels.get().code}/"
    assert "Formuläret är stängt" in amina.get(door).text
    browse(ake).post(to("wave-open", form.pk, wave.pk))

    assert "Vad tycker du?" in amina.get(door).text
    wave.refresh_from_db()
    assert (wave.number, wave.opened_by) == (1, ake)


def test_beside_the_button_stands_what_belongs_before_the_first_answer(ake, form, browse):
    """Nothing of it stops the opening; it goes when the dialogue has begun, and once a form has been opened."""
    wave = make.wave(form, opened_at=None)
    page = to("wave", form.pk, wave.pk)
    alone = browse(ake).get(page).text
    assert "Formuläret hör inte till någon dialog" in alone
    assert "Konsekvensbedömningen ska vara gjord innan ni börjar samla in." in alone

    dialogue = make.dialogue(form.collaboration, is_current=False, title={"sv": "Tryggt här"})
    dialogue.surveys.add(form)
    assert "Dialogen «Tryggt här» har inte börjat" in browse(ake).get(page).text
    dialogue.is_current = True
    dialogue.save()
    make.wave(form, closed_at=timezone.now())

    begun = browse(ake).get(page).text
    assert ("har inte börjat" in begun, "Konsekvensbedömningen" in begun) == (False, False)


def test_the_last_day_can_not_come_before_the_first(ake, form, browse):
    typed = {"title": "Våren", "opens_on": "2027-04-01", "closes_on": "2027-03-01"}
    page = browse(ake).post(to("wave-new", form.pk), typed)

    assert page.status_code == 422
    assert "Sista dagen kan inte komma före den första." in page.text
    assert 'value="2027-04-01"' in page.text


@pytest.mark.parametrize(
    ("dates", "state", "label"),
    [
        ({"opened_at": None}, "planned", "Planerad"),
        ({"opens_on": dt.date(2026, 12, 3)}, "waiting", "Öppnar 3 december"),
        ({}, "open", "Öppen"),
        ({"closes_on": dt.date(2026, 11, 24)}, "over", "Sista dagen har passerat"),
        ({"closed_at": timezone.now()}, "closed", "Stängd"),
    ],
)
def test_a_wave_tells_its_state_in_words(dates, state, label):
    wave = Wave(**{"opens_on": dt.date(2026, 11, 1), "opened_at": timezone.now()} | dates)

    assert (wave.state, wave.state_label) == (state, label)


def test_only_one_wave_at_a_time_is_open(ake, form, autumn, browse):
    later = wave_planning.plan_wave(survey=form, by=ake, title="Vintern", opens_on=timezone.localdate())
    page = browse(ake).post(to("wave-open", form.pk, later.pk))

    assert page.status_code == 409
    assert "Stäng Hösten först" in page.text


def test_a_form_without_questions_is_not_opened(ake, form):
    form.questions.all().delete()
    wave = wave_planning.plan_wave(survey=form, by=ake, title="Vintern", opens_on=timezone.localdate())

    with pytest.raises(Refusal, match="inga frågor"):
        wave.open(by=ake)


def test_closing_is_kept_with_who_and_when(ake, form, autumn, browse):
    browse(ake).post(to("wave-close", form.pk, autumn.pk))

    autumn.refresh_from_db()
    assert (autumn.state, autumn.closed_by) == ("closed", ake)
    assert browse(ake).post(to("wave-close", form.pk, autumn.pk)).status_code == 409


def test_opening_again_needs_a_reason_that_is_kept(ake, form, autumn, browse):
    wave_planning.close_wave(wave=autumn, by=ake)
    address = to("wave-reopen", form.pk, autumn.pk)
    assert browse(ake).post(address, {"reason": ""}).status_code == 422
    browse(ake).post(address, {"reason": "Skolan hann inte."})

    autumn.refresh_from_db()
    assert autumn.accepts_answers
    assert "Skolan hann inte." in browse(ake).get(to("wave", form.pk, autumn.pk)).text


def test_a_last_day_that_has_passed_is_taken_away_when_a_wave_opens_again(ake, form):
    past = timezone.localdate() - dt.timedelta(days=3)
    wave = make.wave(form, opens_on=past, closes_on=past)
    wave_planning.close_wave(wave=wave, by=ake)
    wave.reopen(by=ake, reason="Fler vill svara.")

    assert wave.accepts_answers


def test_few_answers_from_a_place_are_not_counted_out(ake, form, autumn, browse):
    few, many = make.channel(form, label="Fåtalet"), make.channel(form, label="Torget")
    make.answer(autumn, channel=few)
    for _ in range(6):
        make.answer(autumn, channel=many)

    words = {count.label: count.words for count in wave_planning.count_by_channel(autumn, 6)}
    assert words == {"Fåtalet": "färre än 6", "Torget": "6–14", "Webben": "0"}
    assert "färre än 6" in browse(ake).get(to("wave", form.pk, autumn.pk)).text


def test_a_channel_gets_a_code_an_address_and_a_qr_code(ake, form, browse):
    page = browse(ake).get(to("channel-new", form.pk))
    code = page.context["form"].initial["code"]
    browse(ake).post(to("channel-new", form.pk), {"label": "Biblioteket", "code": code})

    channel = form.channels.get(label="Biblioteket")
    assert channel.code == code
    assert f"/svara/{code}/" in browse(ake).get(to("channel", form.pk, channel.pk)).text
    drawing = browse(ake).get(to("channel-qr", form.pk, channel.pk))
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<svg")


@pytest.mark.parametrize("code", ["Å-torget", "a", "med mellanrum", "-kant-"])
def test_a_code_that_is_hard_to_type_is_refused(ake, form, browse, code):
    page = browse(ake).post(to("channel-new", form.pk), {"label": "Torget", "code": code})

    assert page.status_code == 422
    assert "Använd 3–20 tecken" in page.text


def test_a_code_is_never_handed_out_twice(ake, form, browse):
    make.channel(form, label="Torget", code="torget")
    page = browse(ake).post(to("channel-new", form.pk), {"label": "Torg", "code": "TORGET"})

    assert "Koden används redan" in page.text


def test_two_places_do_not_have_the_same_name(ake, form, browse):
    make.channel(form, label="Torget")
    page = browse(ake).post(to("channel-new", form.pk), {"label": "torget", "code": "t-2"})

    assert "Det finns redan en kanal med det namnet." in page.text


def test_a_closed_channel_says_that_the_form_is_closed_and_can_be_used_again(ake, amina, form, autumn, browse):
    channel = channels.create_channel(survey=form, by=ake, label="Torget", code="torget")
    browse(ake).post(to("channel-close", form.pk, channel.pk))
    assert "Formuläret är stängt" in amina.get("/svara/torget/").text
    browse(ake).post(to("channel-close", form.pk, channel.pk))

    assert "Vad tycker du?" in amina.get("/svara/torget/").text


def test_the_web_channel_is_not_closed(ake, form, browse):
    assert browse(ake).post(to("channel-close", form.pk, form.channels.get().pk)).status_code == 409


def cost(browser, address):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_the_lists_cost_the_same_for_one_and_for_many(ake, form, autumn, browse):
    addresses = [to("surveys"), to("survey", form.pk), to("questions", form.pk), to("wave", form.pk, autumn.pk)]
    before = [cost(browse(ake), address) for address in addresses]
    make.survey(form.collaboration)
    for number in range(3):
        make.question(form)
        make.channel(form)
        make.answer(autumn)
        form.record_change(by=ake, wave_id=make.wave(form, opened_at=None, title=f"Plan {number}").pk)

    assert [cost(browse(ake), address) for address in addresses] == before


def test_codes_that_are_made_up_are_free(form):
    taken = set(Channel.objects.values_list("code", flat=True))

    assert channels.free_code() not in taken
