"""E-mail addresses as people paste them."""

import pytest
from django import forms

from ostberga.lib.email_field import REASONS, PastedEmailField, clean_address

UNDERSTOOD = {
    "<anna@example.se>": "anna@example.se",
    "mailto:anna@example.se": "anna@example.se",
    "MAILTO:anna%40example.se?subject=Hej": "anna@example.se",
    "anna@example.se.": "anna@example.se",
    " anna@example.se, ": "anna@example.se",
    "Anna Ek <anna@example.se>": "anna@example.se",
    '"Ek, Anna" <mailto:anna@example.se>;': "anna@example.se",
    "anna@\u200bexample.se\ufeff": "anna@example.se",
    "anna @ example.se": "anna@example.se",
    "anna＠example.se": "anna@example.se",
    "anna@åkeri.example": "anna@åkeri.example",
    "anna@a\u030akeri.example": "anna@åkeri.example",
    "anna.ek+nytt@post.example.se": "anna.ek+nytt@post.example.se",
}
REFUSED = {
    "åsa@example.se": "before_at",
    "anna..ek@example.se": "before_at",
    "anna@example": "after_at",
    "anna@example..se": "after_at",
    "anna@-post.example": "after_at",
    f"anna@{'ö' * 60}.se": "after_at",
    "anna": "invalid",
    "@example.se": "invalid",
    "anna@": "after_at",
    "anna@example.se, bo@example.se": "several",
    "anna ek@example.se": "spaces",
    "anna@example,se": "spaces",
}


@pytest.mark.parametrize("pasted", UNDERSTOOD)
def test_what_was_meant_is_understood(pasted):
    assert PastedEmailField().clean(pasted) == UNDERSTOOD[pasted]


@pytest.mark.parametrize("pasted", REFUSED)
def test_what_cannot_be_reached_is_refused_with_the_true_reason(pasted):
    with pytest.raises(forms.ValidationError) as refused:
        clean_address(pasted)

    assert refused.value.code == REFUSED[pasted]


def test_the_reason_stands_beside_the_field(browse, talk):
    page = browse().post("/folj/", {"epost": "åsa@example.se"})

    assert str(REASONS["before_at"]) in page.text


def test_whoever_signs_in_may_paste_too(browse, tova):
    page = browse().post("/konto/login/", {"login": f"<{tova.email}>", "password": "ostberga-demo"})

    assert page.status_code == 302
