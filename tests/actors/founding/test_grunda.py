"""`manage.py grunda` does what the page does, for whoever has a shell; and prints the code once there is nothing."""

import re

import pytest
from django.core.management import CommandError, call_command

from actors.founding import codes
from actors.models import Collaboration, User
from ostberga.management.commands.grunda import OPTIONS
from tests.actors.founding.conftest import INSTALLER

pytestmark = pytest.mark.django_db


@pytest.fixture
def options(answers):
    """The answers as options of the command."""
    words = {**answers, "kind": "nämnd", "languages": "so,ar", "domains": "polisen.example, region.example"}
    return [f"--{OPTIONS[name]}={value}" for name, value in words.items()]


def run(*options):
    call_command("grunda", "--fraga-inte", *options)


def test_with_options_it_founds(options):
    run(*options, f"--administrator={INSTALLER}", "--administratorens-namn=Ida")

    place = Collaboration.objects.get()
    assert (place.languages, place.awaits_controller) == (["sv", "so", "ar"], True)
    administrator = User.objects.get(email=INSTALLER)
    assert (administrator.is_superuser, administrator.has_usable_password()) == (True, False)


def test_what_is_missing_is_named_by_its_option(options):
    with pytest.raises(CommandError, match="--registrator: "):
        run(*[option for option in options if not option.startswith("--registrator")])

    assert not Collaboration.objects.exists()


def test_it_asks_for_an_administrator_when_there_is_none(options):
    with pytest.raises(CommandError, match="--administrator"):
        run(*options)

    assert not Collaboration.objects.exists()


def test_a_refusal_leaves_nothing(options):
    User.objects.create_user("registrator@nordstad.example", "hemligt lösenord")

    with pytest.raises(CommandError, match="registrator"):
        run(*options, f"--administrator={INSTALLER}", "--administratorens-namn=Ida")

    assert not User.objects.filter(is_superuser=True).exists()


def test_the_code_is_printed_as_long_as_nobody_has_founded(options, capsys):
    call_command("grunda", "--kod")
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", capsys.readouterr().out)
    assert code
    assert codes.opens(code.group())

    run(*options, f"--administrator={INSTALLER}", "--administratorens-namn=Ida")
    capsys.readouterr()
    call_command("grunda", "--kod")

    assert capsys.readouterr().out == ""
    assert not codes.opens(code.group())
