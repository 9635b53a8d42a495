"""`make demo`: run the whole platform on this computer, with the content of Östberga's dialogue."""

import hashlib
import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from ostberga.local import stack
from ostberga.local.process import ServerFailed

ACCOUNTS = Path(settings.BASE_DIR) / "ostberga" / "demo" / "accounts.yaml"


class Command(BaseCommand):
    """Runs the demo. --prepare and --welcome are steps that it runs as processes of their own."""

    help = "Startar demon: databas, kö, webbserver, arbetare och schema. Ctrl-C stoppar allt."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--reset", action="store_true", help="börja om: glöm demons innehåll och läs in det igen")
        parser.add_argument("--prepare", action="store_true", help="gör bara i ordning databas och filer")
        parser.add_argument("--welcome", action="store_true", help="skriv bara adress och konton")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the chosen step. Raises CommandError outside demo mode."""
        if not settings.DEMO:
            raise CommandError("Demon startas med `make demo` (eller med OSTBERGA_MODE=demo i miljön).")
        if options["prepare"]:
            self._prepare()
        elif options["welcome"]:
            self._welcome()
        else:
            self._run(reset=options["reset"])

    def _run(self, *, reset: bool) -> None:
        try:
            stack.run(reset=reset)
        except ServerFailed as failure:
            raise CommandError(str(failure)) from None
        except stack.Stopped:
            self.stdout.write("Allt är stoppat. Innehållet finns kvar till nästa gång.")
            sys.exit(0)

    def _prepare(self) -> None:
        if unknown_migrations():
            sys.exit(stack.MADE_BY_ANOTHER_VERSION)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("translations", compile=True)
        self._collect_static()
        from actors.models import Collaboration

        if not Collaboration.objects.exists():
            self.stdout.write("Läser in Östbergas dialog …")
            self.stdout.flush()
            import_module("ostberga.demo.loader").load()

    def _collect_static(self) -> None:
        """Collect static files, only if some file is new, changed or gone since the last time."""
        stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
        now = _static_fingerprint()
        if stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).exists():
            return
        self.stdout.write("Samlar stilmallar, skript och bilder …")
        self.stdout.flush()
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now)

    def _welcome(self) -> None:
        content = yaml.safe_load(ACCOUNTS.read_text())
        rows = [
            (f"{account['key']}@{content['email_domain']}", account["display_name"]) for account in content["accounts"]
        ]
        width = max(len(address) for address, _ in rows)
        self.stdout.write(f"\nÖstberga finns nu på  {settings.SITE_URL}/\n\n")
        self.stdout.write(
            f"Logga in på {settings.SITE_URL}{reverse('account_login')} med lösenordet {content['password']}:\n"
        )
        for address, name in rows:
            self.stdout.write(f"  {address:<{width}}  {name}\n")
        self.stdout.write("\nCtrl-C stoppar allt. Loggarna ligger i .local/logs/.\n")


def unknown_migrations() -> list[tuple[str, str]]:
    """Return the migrations of our apps that the database has but the code lacks, as (app, name).

    Such a database was made by another version of the code; migrating it would fail or harm it.
    """
    loader = MigrationLoader(connection)
    ours = {app for app, _ in loader.disk_migrations}
    return sorted(key for key in loader.applied_migrations if key[0] in ours and key not in loader.disk_migrations)


def _static_fingerprint() -> str:
    """Return a hash of the names, sizes and times of all static files."""
    total = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            total.update(f"{path}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return total.hexdigest()
