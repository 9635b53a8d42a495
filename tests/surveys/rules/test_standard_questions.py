"""Standard questions: options as they are stored, and whose voice an answer is."""

import pytest

from ostberga.lib.translations.languages import LANGUAGES
from surveys.rules.standard_questions import (
    BACKGROUND_QUESTIONS,
    SCALE,
    TRUST_SCALE,
    StandardOption,
    option_data,
    statement_role,
)


@pytest.mark.parametrize(
    ("answer", "role"),
    [
        ("boende", "resident"),
        ("forening", "association"),
        ("naringsliv", "business"),
        ("fortroendevald", "elected"),
        ("tjansteperson", "official"),
        ("arbetar_har", "unknown"),
        ("annat", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_whose_voice_it_is_follows_from_the_answer(answer, role):
    assert statement_role(answer) == role


def test_options_are_stored_with_their_code_and_all_languages():
    option = StandardOption("ja", {"sv": "Ja", "en": "Yes"})

    assert option_data((option,)) == [{"value": "ja", "text": {"sv": "Ja", "en": "Yes"}}]


def test_every_text_is_there_in_every_language():
    options = [*SCALE, *TRUST_SCALE, *(option for each in BACKGROUND_QUESTIONS.values() for option in each.options)]
    texts = [option.text for option in options] + [question.text for question in BACKGROUND_QUESTIONS.values()]

    assert [text for text in texts if tuple(text) != LANGUAGES or not all(text.values())] == []
    assert list(BACKGROUND_QUESTIONS) == ["role", "age_band", "gender", "years_here"]
