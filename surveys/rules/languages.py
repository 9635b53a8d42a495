"""The languages people answer in: those of the site, or another one. Pure."""

from ostberga.lib.translations.languages import SWEDISH_NAMES

OTHER_LANGUAGE = "xx"
LANGUAGE_NAMES = {**SWEDISH_NAMES, OTHER_LANGUAGE: "annat språk"}
LANGUAGE_CHOICES = tuple(LANGUAGE_NAMES.items())
