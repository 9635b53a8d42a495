"""`manage.py grunda`: found the first collaboration, or print the code that does so on a page."""

import getpass
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from actors.founding import codes, founding
from actors.founding.forms import OFFERED, FoundingForm
from actors.models import User
from ostberga.lib.email_field import PastedEmailField
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.languages import SWEDISH_NAMES

# The names of the options, by the field of the form.
OPTIONS = {
    "municipality": "kommun",
    "kind": "slag",
    "controller_name": "ansvarig",
    "controller_short": "ansvarig-kort",
    "registry_email": "registrator",
    "domains": "domaner",
    "name": "namn",
    "short_name": "kort",
    "area": "omrade",
    "languages": "sprak",
    "contact_email": "kontakt",
    "dpo_email": "dataskyddsombud",
    "coordinator_name": "samordnarens-namn",
    "coordinator_email": "samordnare",
}
KINDS = {"nämnd": "committee_admin", "bolag": "municipal_company"}
LANGUAGE_CODES = {SWEDISH_NAMES[code]: code for code, _ in OFFERED}
# What may be written for the options that do not take any words, for the help and beside an error.
FORMS = {
    "kind": f"välj bland: {', '.join(KINDS)}",
    "languages": f"välj bland: {', '.join(f'{code} ({word})' for word, code in LANGUAGE_CODES.items())}; komma emellan",
    "domains": "till exempel polisen.se, region.se; komma emellan",
}


class Command(BaseCommand):
    """Asks for what is not given as an option; with --fraga-inte it refuses instead. --kod only prints a code."""

    help = "Grundar den första samverkan: den personuppgiftsansvariga, samverkan, samordnaren och administratören."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add one option for each field of the form."""
        parser.add_argument("--kod", action="store_true", help="skriv ut en engångskod till sidan, om inget är grundat")
        parser.add_argument("--fraga-inte", action="store_true", help="fråga inte efter det som saknas")
        parser.add_argument("--administrator", help="din e-post; du blir teknisk administratör")
        parser.add_argument("--administratorens-namn", help="ditt namn")
        for name, option in OPTIONS.items():
            words = [str(FoundingForm.base_fields[name].label), *filter(None, [FORMS.get(name)])]
            parser.add_argument(f"--{option}", dest=name, help="; ".join(words))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Found, or print a code. Raises CommandError saying what is wrong with which option."""
        if options["kod"]:
            self._print_code()
            return
        known = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
        form = self._form(options)
        if not form.is_valid():
            raise CommandError("\n".join(_error_line(name, errors) for name, errors in form.errors.items()))
        try:
            with transaction.atomic():
                by = known or self._administrator(options)
                collaboration = founding.found(by=by, **form.arguments())
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        person = form.coordinator
        self.stdout.write(f"{collaboration} är grundad. {person.email} får sin inbjudan, och registratorn en fråga.")
        self.stdout.write(f"Driftens sida: {settings.SITE_URL}{reverse('site')}")

    def _print_code(self) -> None:
        if codes.is_founded():
            return
        self.stdout.write(f"Inget är grundat än. Öppna {settings.SITE_URL}{reverse('found')} och skriv koden:\n")
        self.stdout.write(f"    {codes.make_code()}\n")
        self.stdout.write("Den gäller tills någon har grundat, eller nästa gång tjänsten startar. Visa den för ingen.")

    def _form(self, options: dict[str, Any]) -> FoundingForm:
        data: dict[str, Any] = {}
        for name, field in FoundingForm().fields.items():
            typed = options[name] if options[name] is not None else self._ask(str(field.label), field, options)
            data[name] = _as_the_form_takes_it(name, typed)
        return FoundingForm(data)

    def _ask(self, label: str, field: forms.Field, options: dict[str, Any]) -> str:
        if options["fraga_inte"] or not sys.stdin.isatty():
            return ""
        hint = {True: "", False: " (frivilligt)"}[field.required]
        return input(f"{label}{hint}: ")

    def _administrator(self, options: dict[str, Any]) -> User:
        asks = not options["fraga_inte"] and sys.stdin.isatty()
        email = options["administrator"] or (input("Din e-post: ") if asks else "")
        name = options["administratorens_namn"] or (input("Ditt namn: ") if asks else "")
        if not email or not name:
            raise CommandError("--administrator och --administratorens-namn: skriv din adress och ditt namn.")
        password = getpass.getpass("Välj ett lösenord (tomt: du får en länk i ett brev): ") if asks else ""
        try:
            email = PastedEmailField().clean(email)
            if password:
                validate_password(password, User(email=email, name=name))
        except ValidationError as wrong:
            raise CommandError(f"--administrator: {' '.join(wrong.messages)}") from None
        return founding.administer(email=email, name=name, password=password or None)


def _error_line(name: str, errors: Iterable[object]) -> str:
    hint = f" ({FORMS[name]})" if name in FORMS else ""
    return f"--{OPTIONS[name]}: {' '.join(map(str, errors))}{hint}"


def _as_the_form_takes_it(name: str, typed: str) -> str | list[str]:
    """What was typed for an option, as the form's field takes it: words for a kind or a language, lists with commas."""
    if name == "kind":
        return KINDS.get(typed.strip().lower(), typed)
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    if name == "languages":
        return [LANGUAGE_CODES.get(part.lower(), part) for part in parts]
    return "\n".join(parts) if name == "domains" else typed
