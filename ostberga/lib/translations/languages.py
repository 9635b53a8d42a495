"""The four languages residents read, and how a text kept in several of them is shown."""

from collections.abc import Mapping

LANGUAGES = ("sv", "en", "so", "ar")
SOURCE = "sv"
NATIVE_NAMES = {"sv": "Svenska", "en": "English", "so": "Soomaali", "ar": "العربية"}
SWEDISH_NAMES = {"sv": "svenska", "en": "engelska", "so": "somaliska", "ar": "arabiska"}
_RIGHT_TO_LEFT = frozenset({"ar"})


def is_rtl(code: str) -> bool:
    """The language is written from right to left; "ar-SE" counts as "ar"."""
    return code.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT


def language_shown(texts: Mapping[str, str] | None, language: str) -> str:
    """The language a reader of `language` gets: her own, else Swedish, else the first that has text.

    Templates put it in the lang attribute, so that a voice reads a Swedish fallback as Swedish.
    """
    written = [code for code, text in (texts or {}).items() if text and text.strip()]
    for code in (language, language.split("-", maxsplit=1)[0], SOURCE):
        if code in written:
            return code
    return written[0] if written else SOURCE


def in_language(texts: Mapping[str, str] | None, language: str) -> str:
    """The text for a reader of `language`: her own, else Swedish, else any there is; empty if there is none."""
    return (texts or {}).get(language_shown(texts, language), "")


def missing_languages(texts: Mapping[str, str] | None) -> list[str]:
    """The languages that have no text yet, in our order."""
    return [code for code in LANGUAGES if not (texts or {}).get(code, "").strip()]
