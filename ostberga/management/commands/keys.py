"""Make keys, see what each of them still opens, and put everything under the first one."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand

from ostberga.lib.privacy import reencrypting


class Command(BaseCommand):
    """`manage.py keys` with exactly one of --new, --check and --reencrypt. The site may run meanwhile."""

    help = "Gör en ny nyckel, eller räknar och skriver om det som är krypterat med en äldre."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the three options, which exclude each other."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--new", action="store_true", help="skriv ut en ny slumpad nyckel")
        which.add_argument("--check", action="store_true", help="räkna vad som ligger under den första nyckeln")
        which.add_argument("--reencrypt", action="store_true", help="lägg allt under den första nyckeln")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the chosen action."""
        if options["new"]:
            self.stdout.write(Fernet.generate_key().decode())
            return
        dry_run = not options["reencrypt"]
        total: Counter[str] = Counter()
        for column in reencrypting.columns():
            total += self._tell(f"{column.table}.{column.name}", reencrypting.reencrypt(column, dry_run=dry_run))
        total += self._tell("tvåstegskoder", reencrypting.reencrypt_second_factors(dry_run=dry_run))
        self.stdout.write(self._end(total, dry_run=dry_run))

    def _tell(self, name: str, done: Counter[str]) -> Counter[str]:
        if done:
            words = f"{done['current']} under första nyckeln, {done['rewritten']} äldre, {done['unreadable']} oläsliga"
            self.stdout.write(f"{name}: {words}")
        return done

    def _end(self, total: Counter[str], *, dry_run: bool) -> str:
        if total["unreadable"]:
            return f"{total['unreadable']} texter går inte att läsa: deras nyckel saknas. Lägg tillbaka den."
        if total["rewritten"] and dry_run:
            return "Kör --reencrypt innan den äldre nyckeln tas bort."
        return "Allt ligger under den första nyckeln. Behåll den äldre i en vecka, och kör VACUUM."
