"""Åke creates and edits a form; stored answers keep the wording they answered."""

import pytest
from django.urls import reverse

from ostberga.lib.translations.languages import LANGUAGES
from surveys.fielding.wave_planning import close_wave
from surveys.models import Survey
from surveys.questionnaire import survey_editing
from surveys.questionnaire.survey_templates import survey_templates
from surveys.rules.questions import QuestionKind
from surveys.rules.standard_questions import BACKGROUND_QUESTIONS
from tests import factories as make

pytestmark = pytest.mark.django_db


def to(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def question_data(text="Vad saknas?", kind=QuestionKind.FREE_TEXT, options=(), **more):
    rows = {f"options-{number}-text_sv": option for number, option in enumerate(options)}
    return {
        "text_sv": text,
        "kind": kind,
        "scale": "agreement",
        "options-TOTAL_FORMS": len(options),
        "options-INITIAL_FORMS": 0,
        **rows,
        **more,
    }


def test_the_first_form_is_offered_when_there_is_none(ake, browse):
    page = browse(ake).get(to("surveys"))

    assert page.status_code == 200
    assert "Gör det första formuläret" in page.text


@pytest.mark.parametrize("key", ["perspektivinsamling", "pulsfraga", "trygghetsvandring"])
def test_a_form_is_made_from_a_template_in_four_languages(ake, browse, key):
    start = survey_templates()[key]
    typed = {"template": key, "title": start.title["sv"], "guiding_question": "Vad ger trivsel?"}
    page = browse(ake).post(to("survey-new"), typed)

    survey = Survey.objects.get()
    assert page.url == to("survey", survey.pk)
    assert survey.questions.current().count() == len(start.questions) + len(start.background)
    assert all(set(LANGUAGES) <= set(question.text) for question in survey.questions.all())
    assert survey.title == start.title
    assert survey.channels.get().is_web
    assert survey.events.get().get_kind_display() == "skapade formuläret"


def test_a_form_without_name_is_not_made_and_what_was_typed_stands(ake, browse):
    page = browse(ake).post(to("survey-new"), {"template": "tomt", "title": "", "guiding_question": "Vad tycker du?"})

    assert page.status_code == 422
    assert "Vad tycker du?" in page.text
    assert not Survey.objects.exists()


def test_the_texts_are_edited_in_all_languages_and_residents_see_them(ake, amina, form, autumn, browse):
    typed = {"guiding_question_sv": "Vad gör dig glad?", "guiding_question_ar": "ما الذي يسعدك؟", "title_sv": "Glädje"}
    browse(ake).post(to("survey-texts", form.pk), {**typed, "languages": ["ar"]})

    form.refresh_from_db()
    assert form.languages == ["sv", "ar"]
    assert form.definition_version == 2
    code = form.channels.get().code
    assert "Vad gör dig glad?" in amina.get(f"/svara/{code}/").text
    assert "ما الذي يسعدك؟" in amina.get(f"/ar/svara/{code}/").text


def test_the_page_says_which_translations_are_missing(ake, form, browse):
    make.question(form, text={"sv": "Bara på svenska?"})
    page = browse(ake).get(to("survey", form.pk))

    assert "Översättning saknas på engelska, somaliska, arabiska" in page.text


def test_a_question_with_choices_is_added(ake, form, browse):
    browse(ake).post(
        to("question-new", form.pk), question_data("Var?", QuestionKind.ONE_CHOICE, ["Torget", "Torget", ""])
    )

    added = form.questions.current().last()
    assert [option["value"] for option in added.options] == ["torget", "torget_2"]


def test_a_question_with_one_choice_only_is_refused_beside_the_field(ake, form, browse):
    page = browse(ake).post(to("question-new", form.pk), question_data("Var?", QuestionKind.ONE_CHOICE, ["Torget"]))

    assert page.status_code == 422
    assert "Skriv minst två svarsval" in page.text
    assert 'value="Torget"' in page.text


def test_more_rows_keep_what_was_typed(ake, form, browse):
    page = browse(ake).post(
        to("question-new", form.pk), question_data("Var?", QuestionKind.ONE_CHOICE, ["Torget"], more_rows="1")
    )

    assert page.status_code == 200
    assert 'value="Torget"' in page.text
    assert 'name="options-3-text_sv"' in page.text
    assert form.questions.count() == 1


def test_a_question_without_answers_is_changed_in_place(ake, form, browse):
    asked = form.questions.get()
    browse(ake).post(to("question", form.pk, asked.pk), question_data("Vad behövs?"))

    assert str(form.questions.get()) == "Vad behövs?"


def test_a_question_with_answers_gets_a_new_version_and_the_page_says_so_first(ake, form, autumn, browse):
    answer = make.answer(autumn)
    asked = form.questions.get()
    address = to("question", form.pk, asked.pk)
    assert "ny version" in browse(ake).get(address).text
    browse(ake).post(address, question_data("Vad behövs?"))

    now = form.questions.current().get()
    assert (str(now), now.version, now.replaces) == ("Vad behövs?", 2, asked)
    answer.refresh_from_db()
    assert str(answer.question) == "Vad tycker du?"


def test_a_missing_translation_can_be_filled_in_without_a_new_version(ake, form, autumn):
    asked = form.questions.get()
    survey_editing.change_question(
        question=asked, by=ake, wording=survey_editing.QuestionWording(QuestionKind.FREE_TEXT, {"sv": "Vad behövs?"})
    )
    make.answer(autumn)
    asked.refresh_from_db()
    translated = survey_editing.QuestionWording(QuestionKind.FREE_TEXT, {"sv": "Vad behövs?", "en": "What is needed?"})

    assert survey_editing.change_question(question=asked, by=ake, wording=translated).pk == asked.pk


def test_questions_move_and_stay_where_they_end(ake, form, browse):
    second = make.question(form, text={"sv": "Två"})
    browse(ake).post(to("question-move", form.pk, second.pk), {"dit": "upp"})
    browse(ake).post(to("question-move", form.pk, second.pk), {"dit": "upp"})

    assert [str(question) for question in form.questions.current()] == ["Två", "Vad tycker du?"]


def test_a_removed_question_can_be_taken_back(ake, form, browse):
    asked = form.questions.get()
    browse(ake).post(to("question-retire", form.pk, asked.pk))
    assert not form.questions.current().exists()
    assert "Borttagna frågor (1)" in browse(ake).get(to("questions", form.pk)).text
    browse(ake).post(to("question-restore", form.pk, asked.pk))

    assert form.questions.current().get() == asked


def test_a_background_question_is_added_with_one_click_and_only_once(ake, form, browse):
    for _ in range(2):
        browse(ake).post(to("question-background", form.pk), {"key": "role"})

    added = form.questions.get(background="role")
    assert added.text == dict(BACKGROUND_QUESTIONS["role"].text)
    assert not added.required


def test_a_new_question_comes_before_the_background_questions(ake, form):
    survey_editing.add_background(survey=form, by=ake, key="role")
    survey_editing.add_question(
        survey=form, by=ake, wording=survey_editing.QuestionWording(QuestionKind.FREE_TEXT, {"sv": "Sist?"})
    )

    assert [question.background for question in form.questions.current()] == ["", "", "role"]


@pytest.mark.parametrize("language", ["sv", "en", "so", "ar"])
def test_the_preview_shows_the_same_questions_as_the_resident_sees(ake, form, autumn, browse, language):
    prefix = "" if language == "sv" else f"/{language}"
    code = form.channels.get().code
    seen = browse().get(f"{prefix}/svara/{code}/").text
    preview = browse(ake).get(to("preview", form.pk, language)).text

    opening, closing = '<div class="question">', "</textarea>"
    part = opening + seen.split(opening)[1].split(closing)[0] + closing
    assert form.questions.get().text[language] in part
    assert part in preview
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in preview


def test_nothing_can_be_sent_from_the_preview(ake, form, browse):
    page = browse(ake).get(to("preview", form.pk, "sv"))

    assert "<form" not in page.text


def test_a_form_with_an_open_wave_is_not_archived(ake, form, autumn, browse):
    assert browse(ake).post(to("survey-archive", form.pk)).status_code == 409
    close_wave(wave=autumn, by=ake)
    assert browse(ake).post(to("survey-archive", form.pk)).status_code == 302
    assert str(form) not in browse(ake).get(to("surveys")).text


def test_every_edit_tells_the_web_servers(ake, form, ostberga):
    before = ostberga.public_version
    survey_editing.move_question(question=form.questions.get(), by=ake, steps=1)

    form.refresh_from_db()
    ostberga.refresh_from_db()
    assert (form.definition_version, ostberga.public_version) == (2, before + 1)
