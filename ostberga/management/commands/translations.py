"""Check, update or compile the translation catalogues in locale/, without gettext's own programs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ostberga.lib.translations import catalogues
from ostberga.lib.translations.languages import PLURAL_FORMS

ROOT = Path(settings.BASE_DIR)


class Command(BaseCommand):
    """`manage.py translations` with exactly one of --check, --write and --compile."""

    help = "Kontrollerar, uppdaterar eller kompilerar översättningarna i locale/."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the three options, which exclude each other."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--check", action="store_true", help="säg vad som saknas, och misslyckas då")
        which.add_argument("--write", action="store_true", help="för in nya strängar i .po-filerna")
        which.add_argument("--compile", action="store_true", help="gör .mo-filer av .po-filer som ändrats")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the chosen action. Raises CommandError listing the faults that --check finds."""
        if options["compile"]:
            catalogues.compile_all(ROOT / "locale")
        elif options["write"]:
            self._write()
        else:
            self._check()

    def _write(self) -> None:
        messages = catalogues.find_in_project(ROOT)
        for language, plural in PLURAL_FORMS.items():
            headers = {"Language": language, "Plural-Forms": plural}
            lacking = catalogues.update(catalogue(language), messages, headers)
            self.stdout.write(f"{language}: {len(messages)} strängar, {lacking} att översätta")

    def _check(self) -> None:
        messages = catalogues.find_in_project(ROOT)
        faults = [
            f"{language} {fault}"
            for language in PLURAL_FORMS
            for fault in catalogues.list_faults(catalogue(language), messages)
        ]
        if faults:
            raise CommandError(
                "\n".join(faults[:60] + [f"{len(faults)} fel. `make translations` för in nya strängar i filerna."])
            )
        self.stdout.write(f"{len(messages)} strängar är översatta till {', '.join(PLURAL_FORMS)}.")


def catalogue(language: str) -> Path:
    """Return the path of the language's .po file."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
