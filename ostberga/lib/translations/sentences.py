"""Sentences that the system itself says, stored in every language that residents read; and lists in Swedish."""

from collections.abc import Iterable

from django.utils.translation import gettext, override

from ostberga.lib.translations.languages import LANGUAGES


def in_all_languages(sentence: str, **words: object) -> dict[str, str]:
    """Return the sentence by language, with `words` put in as they are. Mark it with `gettext_noop` where it stands."""
    texts = {}
    for code in LANGUAGES:
        with override(code):
            texts[code] = gettext(sentence) % words
    return texts


def list_in_words(names: Iterable[str]) -> str:
    """Return the names as staff read them: «A», «A och B», «A, B och C»; empty without any."""
    *first, last = [*names] or [""]
    return " och ".join(filter(None, [", ".join(first), last]))
