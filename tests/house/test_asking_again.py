"""Every form that asks for the password again: what its page answers after that is sent on to where it belongs."""

import operator
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account import decorators
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from actors.models import Affiliation, RegistryEntry
from ostberga.lib.web.form_tokens import FIELD, FormToken, new_rendering
from tests import factories as make
from tests.actors.sent_forms.test_words_come_back import PASSWORD, with_second_factor
from tests.forms_by_hand import form_to, forms_on
from tests.house import addresses, doors

pytestmark = pytest.mark.django_db
AGAIN = "/konto/reauthenticate/"
# Of each role: at least so many addresses ask again, and so many of those answer a form with faults with its page.
FEWEST = {"coordinator": (11, 5), "right_body": (3, 1), "administrator": (8, 4)}


@pytest.fixture(params=FEWEST)
def role(request):
    return request.param


@pytest.fixture
def paths(role, db):
    """Who sends the forms, and the addresses that ask her again, with the objects of a district."""
    district = doors.build()
    people = {**district.people, "administrator": make.user("drift@example.se", is_superuser=True, is_staff=True)}
    district.samples = [*of_lists(district), *district.samples]
    asking = [address for address in addresses.ours() if asks_again(address.view)]
    may = {address.name: doors.may(address) or {"administrator"} for address in asking}
    return people[role], [district.path_to(address) for address in asking if role in may[address.name]]


def of_lists(district: doors.District) -> list[tuple[str, Any]]:
    """The rows of the administrator's lists, and the coordinator's of outside bodies."""
    body = district.place.data_controller
    assert body
    body.registry_email = "registrator@example.se"
    body.save(update_fields=["registry_email"])
    proposed = district.place.appointment_proposals.get()
    listed = RegistryEntry.objects.create(listed="example.se")
    invited = district.place.invitations.earliest("pk")
    # Nobody waits for this one's mandate, so that its page has the form.
    official = Affiliation.objects.get(user=invited.accepted_by)
    rows = {"utanfor": district.place.addressees.earliest("pk"), "drift/organisation": body}
    rows |= {"drift/registrator": listed, "drift/forslag": proposed, "inbjudan": invited, "personer": official}
    rows |= {"drift/samverkan": district.place, "drift/konton": official.user}
    colleague = make.user("kollega@example.se", is_superuser=True, last_login=timezone.now())
    rows |= {"drift/administratorer": colleague}
    bare = make.organisation("Utan adress")
    first = [("organisation/<int:pk>/forsta", f"organisation/{bare.pk}/forsta")]
    return first + [(f"{piece}/<int:pk>", f"{piece}/{row.pk}") for piece, row in rows.items()]


def asks_again(view: Any) -> bool:
    """Return whether the view, or one that it wraps, is what allauth made of one that asks for the password again."""
    while view is not None:
        if getattr(view, "__code__", None) and view.__code__.co_filename == decorators.__file__:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def after_the_proof(who: Any, path: str) -> Any:
    """Send a form with faults, answer «Är det du?», and return what the browser then gets. Nothing is stored."""
    cache.clear()  # of how often she has been asked
    token = str(FormToken(str(who.pk), path, new_rendering()))
    with transaction.atomic():
        browser = Client(raise_request_exception=False)
        with_second_factor(browser, who, at=0)
        sent = browser.post(path, {FIELD: token, "email": "ingen adress", "name": "Nora Ny"})
        asked = sent.headers.get("Location", "")
        assert asked.startswith(AGAIN), f"{path}: {sent.status_code}"
        again = form_to(browser.get(asked), asked, AGAIN)
        page = browser.post(again.action, again.typed({"password": PASSWORD}))
        transaction.set_rollback(True)
    return page


def test_what_a_page_answers_after_the_password_is_sent_where_it_belongs(paths, role):
    who, asking = paths
    answers = {path: after_the_proof(who, path) for path in asking}
    goals = {
        path: {urlsplit(form.action).path for form in forms_on(page, AGAIN)}
        for path, page in answers.items()
        if page.status_code in (200, 422)
    }

    assert all(map(operator.ge, (len(asking), len(goals)), FEWEST[role]))
    assert [path for path, page in answers.items() if page.status_code >= 500 or page.status_code == 404] == []
    assert {path: sent_to for path, sent_to in goals.items() if path not in sent_to or AGAIN in sent_to} == {}
