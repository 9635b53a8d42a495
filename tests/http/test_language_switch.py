"""Residents' forms keep what was typed when the page is shown in another language: nothing is checked or stored."""

import pytest

from ostberga.lib.web.language_switch import SWITCH
from surveys.batching import waiting
from tests import factories as make
from tests.forms_by_hand import forms_on

pytestmark = pytest.mark.django_db


def switched(browser, path, language, **typed):
    """Type in the form whose words go along, and press the button of a language on the page."""
    page = browser.get(path)
    form_id = page.context["switched_form"]
    (form,) = [form for form in forms_on(page, path) if form.form.tag.attributes.get("id") == form_id]
    there = f"/{language}{path.partition('?')[0]}"
    assert f'formaction="{there}"' in page.text
    return browser.post(there, {**form.typed({name: [value] for name, value in typed.items()}), SWITCH: ["1"]})


def test_following_an_issue(talk, amina):
    issue = make.issue(talk)

    page = switched(amina, "/folj/", "ar", epost="amina@example.se", fraga=str(issue.pk), vill="result")

    assert (page.status_code, 'lang="ar"' in page.text) == (200, True)
    assert 'value="amina@example.se"' in page.text
    assert f'value="{issue.pk}" checked' in page.text
    assert 'value="result" checked' in page.text
    assert not list(waiting.list_bodies("follow"))


def test_the_page_without_a_form_has_links(talk, amina):
    page = amina.get("/folj/")

    assert "switched_form" not in page.context
    assert 'href="/ar/folj/"' in page.text


def test_a_receipt_code(talk, amina):
    page = switched(amina, "/kvitto/", "so", kod="7K2MX-9DH")

    assert (page.status_code, 'value="7K2MX-9DH"' in page.text) == (200, True)
    assert "kod-error" not in page.text
