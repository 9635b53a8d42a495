"""The residents' pages in English, Somali and Arabic: are all words there? Works without gettext's programs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ostberga.lib.translations import catalogues

ROOT = Path(settings.BASE_DIR)
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "so": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}


class Command(BaseCommand):
    """One of three: check, write, compile."""

    help = "Kontrollerar, uppdaterar eller kompilerar översättningarna i locale/."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which of the three."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--check", action="store_true", help="säg vad som saknas, och misslyckas då")
        which.add_argument("--write", action="store_true", help="för in nya strängar i .po-filerna")
        which.add_argument("--compile", action="store_true", help="gör .mo-filer av .po-filer som ändrats")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it."""
        if options["compile"]:
            catalogues.compile_all(ROOT / "locale")
        elif options["write"]:
            self._write()
        else:
            self._check()

    def _write(self) -> None:
        found = catalogues.in_project(ROOT)
        for language, plural in PLURALS.items():
            headers = {"Language": language, "Plural-Forms": plural}
            lacking = catalogues.update(catalogue(language), found, headers)
            self.stdout.write(f"{language}: {len(found)} strängar, {lacking} att översätta")

    def _check(self) -> None:
        found = catalogues.in_project(ROOT)
        wrong = [
            f"{language} {fault}" for language in PLURALS for fault in catalogues.faults(catalogue(language), found)
        ]
        if wrong:
            raise CommandError(
                "\n".join(wrong[:60] + [f"{len(wrong)} fel. `make translations` för in nya strängar i filerna."])
            )
        self.stdout.write(f"{len(found)} strängar är översatta till {', '.join(PLURALS)}.")


def catalogue(language: str) -> Path:
    """The file that people translate in."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
