"""Validation of answers to each kind of question."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ostberga.lib.plain_text import plain_text
from ostberga.lib.translations.languages import missing_languages
from surveys.rules.questions import SCALE_VALUES, AnswerValue, InvalidAnswer, QuestionKind, QuestionSpec, clean_answer
from surveys.rules.roles import AgeBand, Role
from surveys.rules.standard_questions import BACKGROUND_QUESTIONS, SCALE, TRUST_SCALE, option_data, statement_role

text = QuestionSpec("trivsel", QuestionKind.FREE_TEXT)
single = QuestionSpec("plats", QuestionKind.ONE_CHOICE, options=("torget", "parken"))
several = QuestionSpec("platser", QuestionKind.SEVERAL_CHOICES, options=("torget", "parken", "skolan"))
scale = QuestionSpec("tillit", QuestionKind.SCALE)
SPECS = st.sampled_from([text, single, several, scale])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Mer ljus.\r\nTack\r ", "Mer ljus.\nTack"),
        ("A\u030arsta", "Årsta"),
        ("hej\x00\x07\ud800 du", "hej du"),
        ("<b>ljus</b> & url(file:///etc/passwd)", "<b>ljus</b> & url(file:///etc/passwd)"),
        ("vänd\u202eom\u2066", "vändom"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_words_are_kept_as_they_were_meant(typed, kept):
    assert clean_answer(text, [typed]) == AnswerValue(text=kept)


def test_too_long_says_how_long():
    with pytest.raises(InvalidAnswer) as problem:
        clean_answer(QuestionSpec("kort", QuestionKind.FREE_TEXT, max_length=5), ["sju tecken"])

    assert problem.value.code == "too_long"
    assert "10 tecken. Högst 5" in str(problem.value.message)


def test_twenty_thousand_characters_fit():
    assert clean_answer(text, ["å" * 20_000]) == AnswerValue(text="å" * 20_000)


@pytest.mark.parametrize("spec", [text, single, several, scale])
@pytest.mark.parametrize("raw", [[], [""], ["  \n"]])
def test_a_voluntary_question_may_be_left_empty(spec, raw):
    assert clean_answer(spec, raw) is None


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_required_question_asks_for_an_answer(kind):
    with translation.override("sv"), pytest.raises(InvalidAnswer) as problem:
        clean_answer(QuestionSpec("fråga", kind, required=True, options=("ja",)), [""])

    assert problem.value.code == "required"
    assert str(problem.value.message) == "Den här frågan behöver ett svar."


def test_choices_are_kept_once_and_in_the_order_shown():
    assert clean_answer(several, ["skolan", "torget", "skolan"]) == AnswerValue(choices=("torget", "skolan"))


@pytest.mark.parametrize("value", SCALE_VALUES)
def test_every_step_of_the_scale_and_dont_know_can_be_chosen(value):
    assert clean_answer(scale, [value]) == AnswerValue(choices=(value,))


@pytest.mark.parametrize(
    ("spec", "raw", "code"),
    [
        (single, ["centrum"], "unknown_option"),
        (several, ["torget", "centrum"], "unknown_option"),
        (scale, ["6"], "unknown_option"),
        (scale, ["0"], "unknown_option"),
        (single, ["torget", "parken"], "one_only"),
        (scale, ["1", "5"], "one_only"),
    ],
)
def test_what_was_not_offered_is_refused(spec, raw, code):
    with pytest.raises(InvalidAnswer) as problem:
        clean_answer(spec, raw)

    assert problem.value.code == code


@given(SPECS, st.lists(st.text() | st.sampled_from(["torget", "3", "vet_inte"]), max_size=3))
def test_whatever_a_phone_sends_is_an_answer_or_a_clear_no(spec, raw):
    try:
        answer = clean_answer(spec, raw)
    except InvalidAnswer:
        return
    assert answer is None or bool(answer.text) != bool(answer.choices)


@given(st.text(st.characters(), max_size=200))
def test_cleaning_twice_changes_nothing(typed):
    assert plain_text(plain_text(typed)) == plain_text(typed)


def test_background_questions_speak_all_four_languages():
    for question in BACKGROUND_QUESTIONS.values():
        assert not missing_languages(question.text)
        assert not any(missing_languages(option.text) for option in question.options)
    assert not any(missing_languages(option.text) for option in SCALE + TRUST_SCALE)


def test_age_bands_are_those_of_a_statement():
    assert [option.value for option in BACKGROUND_QUESTIONS["age_band"].options] == [
        band for band in AgeBand.values if band
    ]


@pytest.mark.parametrize(
    ("answered", "role"),
    [
        ("boende", Role.RESIDENT),
        ("tjansteperson", Role.OFFICIAL),
        ("arbetar_har", Role.UNKNOWN),
        ("", Role.UNKNOWN),
        (None, Role.UNKNOWN),
    ],
)
def test_the_answer_about_role_becomes_the_voice_of_a_statement(answered, role):
    assert statement_role(answered) == role


def test_options_are_kept_with_their_words():
    assert option_data(SCALE)[0] == {"value": "1", "text": dict(SCALE[0].text)}
    assert [option["value"] for option in option_data(TRUST_SCALE)] == list(SCALE_VALUES)
