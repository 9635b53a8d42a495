"""Check the chain of the security log and say where it breaks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actors.security_log import chain


class Command(BaseCommand):
    """`manage.py verify_security_log [--head POSITION:HASH]`. Fails when the chain is broken."""

    help = "Kontrollerar att ingen rad i säkerhetsloggen är ändrad, borttagen eller inskjuten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the seal from an earlier check."""
        parser.add_argument("--head", default="", help="sista sigillet från en tidigare kontroll, som POSITION:HASH")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the newest seal, to be kept elsewhere. Raises CommandError saying where the chain breaks."""
        checked = chain.verify(options["head"])
        if checked.fault:
            raise CommandError(f"Säkerhetsloggens kedja är bruten. {checked.fault}")
        self.stdout.write(f"Säkerhetsloggen är hel: {checked.length} händelser. Sista sigillet: {checked.head}")
