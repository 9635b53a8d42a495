"""A text in several languages reaches every reader."""

import pytest

from ostberga.lib.translations.languages import (
    LANGUAGES,
    NATIVE_NAMES,
    in_language,
    is_rtl,
    language_shown,
    missing_languages,
)

BOTH = {"sv": "Hej", "en": "Hello", "so": " ", "ar": ""}


@pytest.mark.parametrize(
    ("texts", "language", "shown"),
    [
        (BOTH, "en", "Hello"),
        (BOTH, "so", "Hej"),
        (BOTH, "sv-se", "Hej"),
        ({"ar": "مرحبا"}, "en", "مرحبا"),
        ({}, "sv", ""),
        (None, "ar", ""),
    ],
)
def test_a_reader_gets_her_own_language_else_swedish_else_any(texts, language, shown):
    assert in_language(texts, language) == shown


def test_a_page_can_tell_which_language_a_fallback_is_in():
    assert language_shown(BOTH, "ar") == "sv"
    assert language_shown({"ar": "مرحبا"}, "en") == "ar"
    assert language_shown(None, "en") == "sv"


def test_missing_languages_come_in_our_order():
    assert missing_languages(BOTH) == ["so", "ar"]
    assert missing_languages(None) == list(LANGUAGES) == list(NATIVE_NAMES)


def test_only_arabic_runs_from_right_to_left():
    assert [code for code in LANGUAGES if is_rtl(code)] == ["ar"]
    assert is_rtl("ar-se")
