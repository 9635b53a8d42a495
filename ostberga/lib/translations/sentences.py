"""Sentences that the system itself says about what has happened, stored in every language that residents read."""

from django.utils.translation import gettext, override

from ostberga.lib.translations.languages import LANGUAGES


def in_all_languages(sentence: str, **words: object) -> dict[str, str]:
    """Return the sentence by language, with `words` put in as they are. Mark it with `gettext_noop` where it stands."""
    texts = {}
    for code in LANGUAGES:
        with override(code):
            texts[code] = gettext(sentence) % words
    return texts
