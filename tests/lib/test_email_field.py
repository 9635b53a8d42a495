"""E-mail addresses as people paste them."""

import pytest
from django import forms

from ostberga.lib.email_field import REASONS, PastedEmailField, clean_address

UNDERSTOOD = {
    "<anna@exempel.se>": "anna@exempel.se",
    "mailto:anna@exempel.se": "anna@exempel.se",
    "MAILTO:anna%40exempel.se?subject=Hej": "anna@exempel.se",
    "anna@exempel.se.": "anna@exempel.se",
    " anna@exempel.se, ": "anna@exempel.se",
    "Anna Ek <anna@exempel.se>": "anna@exempel.se",
    '"Ek, Anna" <mailto:anna@exempel.se>;': "anna@exempel.se",
    "anna@\u200bexempel.se\ufeff": "anna@exempel.se",
    "anna @ exempel.se": "anna@exempel.se",
    "anna＠exempel.se": "anna@exempel.se",
    "anna@åkeri.se": "anna@åkeri.se",
    "anna@a\u030akeri.se": "anna@åkeri.se",
    "anna.ek+nytt@post.exempel.se": "anna.ek+nytt@post.exempel.se",
}
REFUSED = {
    "åsa@exempel.se": "before_at",
    "anna..ek@exempel.se": "before_at",
    "anna@exempel": "after_at",
    "anna@exempel..se": "after_at",
    "anna@-exempel.se": "after_at",
    f"anna@{'ö' * 60}.se": "after_at",
    "anna": "invalid",
    "@exempel.se": "invalid",
    "anna@": "after_at",
    "anna@exempel.se, bo@exempel.se": "several",
    "anna ek@exempel.se": "spaces",
    "anna@exempel,se": "spaces",
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
    page = browse().post("/folj/", {"epost": "åsa@exempel.se"})

    assert str(REASONS["before_at"]) in page.text


def test_whoever_signs_in_may_paste_too(browse, tova):
    page = browse().post("/konto/login/", {"login": f"<{tova.email}>", "password": "ostberga-demo"})

    assert page.status_code == 302
