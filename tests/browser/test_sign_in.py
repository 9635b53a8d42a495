"""Who works here signs in with a password; a wrong one is answered in plain words, and tells nothing."""

import pytest

from tests.browser.hands import sign_in

pytestmark = pytest.mark.browser
WRONG = "E-postadressen eller lösenordet stämmer inte."


def test_tova_signs_in_and_is_at_her_desk(phone, tova, ostberga):
    sign_in(phone, tova.email)

    phone.wait_for_url("**/mitt/")
    assert phone.get_by_role("heading", level=1).is_visible()


@pytest.mark.parametrize("email", ["trafik@ostberga.example", "finns-inte@ostberga.example"])
def test_a_wrong_password_keeps_what_was_typed_and_tells_not_who_is_here(phone, tova, email):
    sign_in(phone, email, "fel-losenord")

    alert = phone.get_by_role("alert")
    alert.wait_for()
    assert WRONG in alert.inner_text()
    assert phone.get_by_label("E-post").input_value() == email
    assert phone.get_by_label("Lösenord").input_value() == ""


def test_whoever_was_on_the_way_somewhere_gets_there(phone, ake, ostberga):
    phone.goto("/samordna/ostberga/koda/")
    phone.get_by_label("E-post").fill(ake.email)
    phone.get_by_label("Lösenord").fill("ostberga-demo")
    phone.get_by_role("button", name="Logga in").click()

    phone.wait_for_url("**/samordna/ostberga/koda/")
