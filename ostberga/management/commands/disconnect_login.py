"""Take away an account's login at a provider, when its owner can not: the city has given her another."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actors.models import User
from actors.people.city_login.connecting import disconnect
from ostberga.settings.city_logins import CITY


class Command(BaseCommand):
    """`manage.py disconnect_login ADDRESS [--provider NAME]`. The next login of hers can then be connected."""

    help = "Kopplar bort stadens inloggning från ett konto. Ägaren får ett brev, och loggas ut överallt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the account's address and the provider's name."""
        parser.add_argument("email", help="kontots e-postadress")
        parser.add_argument("--provider", default=CITY, help="namnet i OIDC_PROVIDERS; utan det stadens")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Disconnect it. Raises CommandError if there is no such account or it has no login there."""
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError("Det finns inget konto med adressen.")
        if not disconnect(user, provider=options["provider"]):
            raise CommandError("Kontot har ingen inloggning där.")
        self.stdout.write(f"Borta: {options['provider']} är kopplad bort från {user.email}. Ägaren har fått ett brev.")
