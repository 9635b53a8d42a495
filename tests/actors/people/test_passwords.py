"""Which passwords are taken: hard to guess, whatever they are made of, and nothing of the account's own."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests import factories as make
from tests.actors.people.test_accounts import sign_in


def is_taken(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "password",
    ["kort-mossa", "password1234", "qwertyuiop12", "Stockholm123!", "ostberga2026", "P@ssw0rd1234", "samordnare99"],
)
def test_what_is_easily_guessed_is_refused(password):
    assert is_taken(password) is (password == "kort-mossa")


@pytest.mark.parametrize("password", ["lavendelblå tegelugn åker", "vjqzkwmxpdtr", "4071958263517", "ßøþ-ñandú-қазақ"])
def test_any_signs_will_do(password):
    assert is_taken(password)


@pytest.mark.parametrize(
    "password", ["tova.trafiksson", "trafik@ostberga.example", "Tova Trafiksson 1", "ostberga.example.trafik"]
)
def test_the_own_name_or_address_is_refused(db, password):
    user = make.user("trafik@ostberga.example", name="Tova Trafiksson")

    assert not is_taken(password, user)


def test_a_long_password_counts_to_its_last_sign(stranger, browse):
    password = "lavendelblå tegelugn åker " * 8
    assert is_taken(password)
    stranger.set_password(password)
    stranger.save()

    assert sign_in(browse(), stranger, password).status_code == 302
    assert sign_in(browse(), stranger, password[:-1]).status_code == 200


def test_the_field_hides_the_password_and_takes_a_managers(db, browse):
    page = browse().get("/konto/login/").text

    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
