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


def test_a_name_that_is_a_word_for_a_kind_stays_a_name(options):
    administrator = [f"--administrator={INSTALLER}", "--administratorens-namn=Ida"]

    run(*options, "--ansvarig-kort=Nämnd", "--namn=bolag", *administrator)

    place = Collaboration.objects.get()
    assert (place.name, place.data_controller.short_name) == ("bolag", "Nämnd")


def test_an_administrator_whom_no_letter_reaches_is_refused(options):
    with pytest.raises(CommandError, match="--administrator: "):
        run(*options, "--administrator=foo", "--administratorens-namn=Ida")

    assert not User.objects.exists()


def test_a_password_that_the_page_would_refuse_is_refused(options, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "1234")

    with pytest.raises(CommandError, match="lösenord"):
        call_command("grunda", *options, f"--administrator={INSTALLER}", "--administratorens-namn=Ida")

    assert not User.objects.exists()


def test_languages_are_given_in_words_or_codes_and_a_wrong_one_says_which_there_are(options):
    administrator = [f"--administrator={INSTALLER}", "--administratorens-namn=Ida"]
    with pytest.raises(CommandError, match=r"--sprak: .*so \(somaliska\)"):
        run(*options, "--sprak=finska", *administrator)
    with pytest.raises(CommandError, match=r"--slag: .*nämnd, bolag"):
        run(*options, "--slag=förening", *administrator)

    run(*options, "--sprak=Somaliska, ar", *administrator)

    assert Collaboration.objects.get().languages == ["sv", "so", "ar"]
