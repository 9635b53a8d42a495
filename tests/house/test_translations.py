"""Residents' texts and dates are translated, and updating a catalogue loses nothing."""

import datetime as dt
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.defaultfilters import date
from django.utils import translation

from ostberga.lib.translations import catalogues

UNCHECKED = "behöver granskas av modersmålstalare före offentlig användning"
LOCALE = Path(settings.BASE_DIR) / "locale"


def test_every_string_is_translated() -> None:
    call_command("translations", check=True, verbosity=0)


@pytest.mark.parametrize(
    ("language", "day"),
    [("sv", "1 maj 2026"), ("en", "1 May 2026"), ("so", "1 Maajo 2026"), ("ar", "1 مايو 2026")],
)
def test_a_date_is_in_the_readers_language(language: str, day: str) -> None:
    call_command("translations", compile=True)

    with translation.override(language):
        assert date(dt.date(2026, 5, 1), "j F Y") == day


def test_writing_anew_keeps_the_warning_and_djangos_months(tmp_path: Path) -> None:
    catalogue = tmp_path / "django.po"
    catalogue.write_text((LOCALE / "so" / "LC_MESSAGES" / "django.po").read_text())

    catalogues.update(catalogue, {}, {})

    po = polib.pofile(str(catalogue))
    assert (po.header.strip(), [entry.msgstr for entry in po if entry.msgid == "May"]) == (UNCHECKED, ["Maajo"])


@pytest.mark.parametrize("language", ["so", "ar"])
def test_texts_that_nobody_has_checked_say_so(language: str) -> None:
    first = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text().splitlines()[0]

    assert first == f"# {UNCHECKED}"
