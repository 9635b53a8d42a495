"""Every form that takes text: nobody loses her words, and nothing is done twice."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from ostberga.lib.web.form_tokens import KEPT
from tests.forms_by_hand import forms_on
from tests.house import doors
from tests.house.page_forms import TypedForm, rows, text_forms

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROLES = ("coordinator", "right_body", "resident")
# At least so many, so that a page that no longer opens is noticed.
FEWEST = {"coordinator": 60, "right_body": 15, "resident": 4}


@pytest.fixture(params=ROLES)
def role(request):
    return request.param


@pytest.fixture
def district(db):
    return doors.build()


@pytest.fixture
def browser(role, district, browse):
    # A browser that sends what the page has, and nothing else.
    plain = Client(enforce_csrf_checks=True, raise_request_exception=False)
    plain.cookies = browse(district.people[role]).cookies
    return plain


@pytest.fixture
def forms(browser, district, role):
    """Every form that takes text on the pages of the role."""
    forms = list(text_forms(browser, district, role))
    assert len(forms) >= FEWEST[role]
    return forms


def lost_words(page: Any, form: TypedForm) -> list[str]:
    """Return the fields whose words do not stand in the form that was sent, on a page that gives them back."""
    fields = [
        shown.fields
        for shown in forms_on(page, form.page)
        if urlsplit(shown.action).path == urlsplit(form.form.action).path
    ]
    lost = [[name for name, text in form.words.items() if text not in its.get(name, [])] for its in fields]
    return min(lost, key=len, default=list(form.words))


def lost_by_a_session_that_ended(forms: list[TypedForm], browser: Client) -> dict[str, object]:
    wrong: dict[str, object] = {}
    for form in forms:
        sent = Client().post(form.form.action, form.sent)
        back = parse_qs(urlsplit(sent.headers.get("Location", "")).query).get("next", [""])[0]
        if KEPT not in back or (lost := lost_words(browser.get(back), form)):
            wrong[str(form)] = lost if KEPT in back else back
    return wrong


def lost_by_a_sign_in_in_another_tab(forms: list[TypedForm], browser: Client) -> dict[str, object]:
    wrong: dict[str, object] = {}
    for form in forms:
        before = rows()
        page = browser.post(form.form.action, form.sent | {"csrfmiddlewaretoken": ["x" * 64]}, follow=True)
        if lost := lost_words(page, form):
            wrong[str(form)] = lost
        if rows() != before:
            wrong[str(form)] = ["gjordes"]
    return wrong


def done_twice(forms: list[TypedForm], browser: Client) -> dict[str, object]:
    done, wrong = 0, dict[str, object]()
    for form in forms:
        with transaction.atomic():
            before = rows()
            first = browser.post(form.form.action, form.sent)
            between = rows()
            if first.status_code in (302, 303) and between != before:
                done += 1
                second = browser.post(form.form.action, form.sent)
                if rows() != between or second.headers.get("Location") != first.headers["Location"]:
                    wrong[str(form)] = second.status_code
            elif first.status_code not in (302, 303) and between != before:
                wrong[str(form)] = first.status_code  # rows, and nothing that leads on
            transaction.set_rollback(True)
    assert done >= len(forms) // 4
    return wrong


CHECKS = (lost_by_a_session_that_ended, lost_by_a_sign_in_in_another_tab, done_twice)


def test_no_form_loses_its_words_and_none_is_done_twice(forms, browser):
    # One test a role, since finding the forms opens every page that the role may open.
    wrong = {check.__name__: check(forms, browser) for check in CHECKS}

    assert wrong == {check.__name__: {} for check in CHECKS}
