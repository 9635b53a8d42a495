"""Amina answers the public form: what she sees, what is stored, and her receipt."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from dialogue.batching import dialogue_batch
from ostberga.lib.coarse_dates import week_of
from ostberga.lib.web.language_switch import SWITCH
from surveys.models import Answer, Channel, Response
from surveys.rules.questions import QuestionKind
from tests import factories as make

FORBIDDEN_WORDS = ("anonym", "sekretess")


@pytest.fixture
def door(form, autumn, talk):
    """The path of the public form."""
    return f"/svara/{form.channels.get().code}/"


@pytest.fixture
def sent_answers(form):
    """The form data Amina submits."""
    asked = form.questions.get()
    return {"nyckel": str(uuid.uuid4()), f"q{asked.pk}": "Mer ljus på gångvägen."}


def test_the_role_is_in_sight_and_the_other_voluntary_questions_are_folded(amina, form, door):
    for background, label in (("role", "Jag bor här"), ("age_band", "65 år")):
        options = [{"value": "a", "text": {"sv": label}}]
        last = make.question(form, QuestionKind.ONE_CHOICE, background=background, options=options, required=False)

    seen, folded = amina.get(door).text.split("<details>")
    back = amina.post(door, {f"q{last.pk}": "a"})

    assert "Jag bor här" in seen
    assert "65 år" in folded
    assert back.status_code == 422
    assert "<details open>" in back.text


def test_the_form_asks_without_asking_who(amina, door):
    page = amina.get(door)

    assert page.status_code == 200
    assert "Vad ger trivsel och trygghet?" in page.text
    assert "Vi frågar inte vem du är" in page.text
    assert "allmän handling" in page.text
    assert "Enskede-Årsta-Vantörs stadsdelsnämnd ansvarar" in page.text
    assert "112" in page.text
    assert not [word for word in FORBIDDEN_WORDS if word in page.text.lower()]


def test_nothing_is_set_before_sending_and_nothing_is_kept(amina, door):
    page = amina.get(door)

    assert dict(page.cookies) == {}
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert amina.post(door, {}).headers["Cache-Control"] == "no-store"


def test_back_shows_the_form_that_was_sent_also_one_that_came_by_a_language_button(amina, door, sent_answers):
    # The receipt's cookie comes with the answer: a page that differed by cookies would be fetched anew, with a new key.
    for page in (amina.get(door), amina.post(f"/en{door}", {**sent_answers, SWITCH: "1"})):
        assert page.headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" not in page.headers.get("Vary", "")
        assert 'name="nyckel"' in page.text
    assert "csrfmiddlewaretoken" not in page.text


def test_each_rendering_has_a_key_of_its_own(amina, door):
    assert amina.get(door).context["form"].key != amina.get(door).context["form"].key


def test_an_answer_is_stored_and_she_gets_a_receipt(amina, door, sent_answers, form):
    sent = amina.post(door, sent_answers)

    assert (sent.status_code, sent.headers["Location"]) == (303, "/kvitto/")
    answer = Answer.objects.get()
    assert answer.text == "Mer ljus på gångvägen."
    assert (answer.response.channel, answer.response.language) == (form.channels.get(), "sv")
    receipt = amina.get("/kvitto/")
    assert receipt.status_code == 200
    assert receipt.context["code"] in receipt.text


def test_the_code_travels_in_a_short_lived_cookie_only(amina, door, sent_answers):
    cookie = amina.post(door, sent_answers).cookies["kvitto"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 1800
    assert "sessionid" not in amina.cookies


def test_a_resend_is_stored_once_and_shows_the_same_code(amina, door, sent_answers):
    codes = []
    for _ in range(3):
        amina.post(door, sent_answers)
        codes.append(amina.get("/kvitto/").context["code"])

    assert len(set(codes)) == 1
    assert Response.objects.count() == 1


def test_two_people_at_one_kiosk_with_the_back_button(amina, door, sent_answers, form):
    first, second = sent_answers, sent_answers | {f"q{form.questions.get().pk}": "En bänk halvvägs."}

    amina.post(door, first)
    first_code = amina.get("/kvitto/").context["code"]
    amina.post(door, second)

    assert {answer.text for answer in Answer.objects.all()} == {"Mer ljus på gångvägen.", "En bänk halvvägs."}
    assert amina.get("/kvitto/").context["code"] != first_code


def test_the_next_person_at_the_kiosk_does_not_meet_the_code(amina, door, sent_answers):
    amina.post(door, sent_answers)
    code = amina.get("/kvitto/").context["code"]

    assert amina.post("/kvitto/klar/").headers["Location"] == door
    assert code not in amina.get("/kvitto/").text


def test_twenty_thousand_signs_fit_and_one_more_is_refused_with_the_text_kept(amina, door, sent_answers, form):
    name = f"q{form.questions.get().pk}"

    refused = amina.post(door, sent_answers | {name: "å" * 20_001})
    assert refused.status_code == 422
    assert "å" * 20_001 in refused.text
    assert 'id="' + name + '-error"' in refused.text
    assert sent_answers["nyckel"] in refused.text
    assert f'href="#{name}"' in refused.text
    assert amina.post(door, sent_answers | {name: "å" * 20_000}).status_code == 303


def test_html_is_text(amina, door, sent_answers, form):
    evil = "<script>alert(1)</script> <b>hej</b>"
    name = f"q{form.questions.get().pk}"

    refused = amina.post(door, sent_answers | {name: evil + "x" * 20_000})
    assert "<script>alert" not in refused.text
    assert "&lt;script&gt;alert" in refused.text
    amina.post(door, sent_answers | {name: evil})
    assert Answer.objects.get().text == evil


def test_a_required_question_left_empty_is_asked_again(amina, door, sent_answers, form):
    make.question(form, QuestionKind.SCALE, required=True)

    page = amina.post(door, sent_answers)

    assert page.status_code == 422
    assert "Den här frågan behöver ett svar." in page.text
    assert "Mer ljus på gångvägen." in page.text
    assert Response.objects.count() == 0


def test_who_somebody_is_can_not_be_all_that_is_sent(amina, door, sent_answers, form):
    form.questions.update(required=False)
    role = make.question(
        form, QuestionKind.ONE_CHOICE, background="role", options=[{"value": "a", "text": {"sv": "A"}}]
    )

    page = amina.post(door, {"nyckel": sent_answers["nyckel"], f"q{role.pk}": "a"})

    assert page.status_code == 422
    assert "Svara på minst en" in page.text


def test_nothing_in_the_database_says_where_or_exactly_when_it_came_from(browse, door, sent_answers):
    browse(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Aminas telefon").post(door, sent_answers)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r::text || a::text FROM surveys_response r JOIN surveys_answer a ON a.response_id = r.id"
        )
        row = cursor.fetchone()[0]
    assert "203.0.113.9" not in row
    assert "Aminas" not in row
    assert "Mer ljus" not in row
    assert re.findall(r"\d{4}-\d\d-\d\d", row) == [f"{week_of(timezone.localdate())}"]
    assert ":" not in row


def test_late_answers_from_an_open_page_are_kept_and_marked(amina, door, sent_answers, autumn):
    autumn.closed_at, autumn.large_groups = timezone.now(), []
    autumn.save()

    assert "Formuläret är stängt" in amina.get(door).text
    assert amina.post(door, sent_answers).status_code == 303
    assert Response.objects.get().is_late
    assert "Vi har sparat det ändå" in amina.get("/kvitto/").text


def test_a_poster_outlives_its_wave(amina, door, sent_answers, form, autumn):
    autumn.closed_at, autumn.large_groups = timezone.now(), []
    autumn.save()
    spring = make.wave(form, title="Våren", opened_at=timezone.now() + dt.timedelta(seconds=1))

    amina.post(door, sent_answers)

    assert (Response.objects.get().wave, Response.objects.get().is_late) == (spring, False)


def test_a_code_before_the_first_wave_says_that_it_is_closed(amina, form, talk, sent_answers):
    door = f"/svara/{form.channels.get().code}/"

    assert "Formuläret är stängt" in amina.get(door).text
    assert "Formuläret är stängt" in amina.post(door, sent_answers).text


def test_an_unknown_code_says_so(amina, autumn):
    page = amina.get("/svara/finnsinte/")

    assert (page.status_code, "Koden finns inte" in page.text) == (404, True)


def test_a_stairwell_is_counted_but_not_written_on_the_answer(amina, form, door, sent_answers):
    stairwell = make.channel(form, code="trapphus", is_small=True)

    amina.post("/svara/trapphus/", sent_answers)
    amina.post("/svara/trapphus/", sent_answers)
    dialogue_batch.write()

    assert Response.objects.get().channel is None
    assert Channel.objects.get(pk=stairwell.pk).counted == 1


def test_another_site_can_not_send_in_somebodys_browser(amina, door, sent_answers):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://annan.example"}, {"Origin": "null"}):
        page = amina.post(door, sent_answers, headers=headers)
        assert (page.status_code, "annan webbplats" in page.text) == (403, True)
    assert Response.objects.count() == 0


def test_our_own_page_and_old_phones_are_believed(amina, door, sent_answers):
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}):
        assert amina.post(door, sent_answers, headers=headers).status_code == 303


def test_words_written_for_a_question_that_has_since_been_replaced_belong_to_that_question(
    amina, door, sent_answers, form
):
    read = form.questions.get()
    read.retired_at = timezone.now()
    read.save()
    make.question(form, required=True, replaces=read, version=2)
    type(form).objects.update(definition_version=2)

    assert amina.post(door, sent_answers).status_code == 303
    assert Answer.objects.get().question == read


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("so", "ltr"), ("ar", "rtl")])
def test_the_form_in_other_languages(amina, door, sent_answers, language, direction):
    page = amina.get(f"/{language}{door}")

    assert f'<html lang="{language}" dir="{direction}">' in page.text
    assert f"Vad tycker du? ({language})" in page.text
    assert f'formaction="{door}"' in page.text
    amina.post(f"/{language}{door}", sent_answers)
    assert Response.objects.get().language == language


def test_another_language_shows_the_form_with_the_words_and_the_key_and_stores_nothing(amina, door, sent_answers, form):
    scale = make.question(form, QuestionKind.SCALE)
    page = amina.post(f"/ar{door}", sent_answers | {f"q{scale.pk}": "4", "byt-sprak": "1"})
    back = amina.post(door, sent_answers | {"byt-sprak": "1"})

    assert (page.status_code, Response.objects.count()) == (200, 0)
    assert '<html lang="ar" dir="rtl">' in page.text
    assert "Mer ljus på gångvägen." in page.text
    assert sent_answers["nyckel"] in page.text
    assert page.context["form"].questions[1].typed == ["4"]
    assert "data-errors" not in page.text
    assert "Mer ljus på gångvägen." in back.text


def test_the_next_person_at_a_kiosk_can_not_go_back_to_the_form_as_it_was_sent(amina, door, sent_answers):
    amina.post(door, sent_answers)

    assert amina.post("/kvitto/klar/").headers["Clear-Site-Data"] == '"cache"'


def test_a_broken_key_does_not_cost_anybody_her_words(amina, door, sent_answers):
    assert amina.post(door, sent_answers | {"nyckel": "trasig"}).status_code == 303


def test_sending_costs_few_questions_to_the_database(amina, door, sent_answers, django_assert_num_queries):
    amina.get(door)

    with django_assert_num_queries(2):  # where the code leads, and all that is stored
        amina.post(door, sent_answers)
