"""The languages that residents read, listed once, and how a text kept in several of them is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Language:
    """One language of the public pages. `plural_forms` is the header of its .po file; the source language has none."""

    code: str
    label: str | Promise  # its Swedish name, translated where it is shown
    swedish_name: str
    native_name: str
    english_name: str
    plural_forms: str = ""
    is_rtl: bool = False

    def django_info(self) -> dict[str, Any]:
        """Return the language as an entry of Django's LANG_INFO, which does not know them all."""
        return {"bidi": self.is_rtl, "code": self.code, "name": self.english_name, "name_local": self.native_name}


_TWO_FORMS = "nplurals=2; plural=(n != 1);"
_ARABIC_FORMS = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
# In the order in which pages and forms offer them. The first is the source language of all texts.
ALL_LANGUAGES = (
    Language("sv", _("Svenska"), "svenska", "Svenska", "Swedish"),
    Language("en", _("Engelska"), "engelska", "English", "English", _TWO_FORMS),
    Language("so", _("Somaliska"), "somaliska", "Soomaali", "Somali", _TWO_FORMS),
    Language("ar", _("Arabiska"), "arabiska", "العربية", "Arabic", _ARABIC_FORMS, is_rtl=True),
)
LANGUAGES = tuple(language.code for language in ALL_LANGUAGES)
SOURCE = LANGUAGES[0]
TRANSLATED = LANGUAGES[1:]  # the languages that texts are translated into
NATIVE_NAMES = {language.code: language.native_name for language in ALL_LANGUAGES}
SWEDISH_NAMES = {language.code: language.swedish_name for language in ALL_LANGUAGES}
PLURAL_FORMS = {language.code: language.plural_forms for language in ALL_LANGUAGES if language.plural_forms}
_RIGHT_TO_LEFT = frozenset(language.code for language in ALL_LANGUAGES if language.is_rtl)


def is_rtl(code: str) -> bool:
    """Return whether the language is written from right to left; "ar-SE" counts as "ar"."""
    return code.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT


def language_shown(texts: Mapping[str, str] | None, language: str) -> str:
    """Return the language of the text that a reader of `language` gets: her own, else Swedish, else the first one.

    Templates put it in the lang attribute, so that a screen reader reads a Swedish fallback as Swedish.
    """
    written = [code for code, text in (texts or {}).items() if text and text.strip()]
    for code in (language, language.split("-", maxsplit=1)[0], SOURCE):
        if code in written:
            return code
    return written[0] if written else SOURCE


def in_language(texts: Mapping[str, str] | None, language: str) -> str:
    """Return the text for a reader of `language`: her own, else Swedish, else any there is; empty if there is none."""
    return (texts or {}).get(language_shown(texts, language), "")


def missing_languages(texts: Mapping[str, str] | None) -> list[str]:
    """Return the languages that have no text yet, in the order of LANGUAGES."""
    return [code for code in LANGUAGES if not (texts or {}).get(code, "").strip()]
