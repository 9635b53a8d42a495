"""Every form that shows something stored knows what it showed: two who edit at once lose nothing unseen (ADR 42).

The forms are found on the pages that each role may open, so that a new one is tried by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from tests.house import addresses, doors
from tests.house.edit_district import build_to_edit
from tests.house.edit_forms import SentForm, forms_on

pytestmark = pytest.mark.django_db
ROLES = ("coordinator", "right_body", "resident")
BOTH, SHOWN, SAVED = "båda kvar", "visade sida vid sida", 302


@dataclass(frozen=True)
class Editing:
    """A form that edits, on a page that somebody may open."""

    name: str
    path: str
    number: int  # among the forms of the page
    browser: Any

    def open(self) -> SentForm:
        """Open the page, and return the form as it is now."""
        return forms_on(self.browser.get(self.path), self.path)[self.number]


@pytest.fixture
def district(db: None) -> doors.District:
    return build_to_edit()


def pages(district: doors.District, browse: Any) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield each page that a role may open: the name of its URL, its path, the browser and the page."""
    for role in ROLES:
        browser = browse(district.people[role])
        for address in addresses.ours():
            if address.route and address.audience != addresses.EVERYONE and role in doors.may(address):
                path = district.path_to(address)
                page = None if doors.parameters_in(path) else browser.get(path)
                if page is not None and page.status_code == 200:
                    yield address.name, path, browser, page


def editings(district: doors.District, browse: Any) -> dict[str, Editing]:
    """Return the forms that know what they showed, each once, by the name of their page and where they are sent."""
    known: dict[str, Editing] = {}
    for name, path, browser, page in pages(district, browse):
        for number, form in enumerate(forms_on(page, path)):
            if form.knows_what_it_showed:
                known.setdefault(f"{name} → {form.action}", Editing(name, path, number, browser))
    return known


# Forms with fields that hold something before anybody writes, by the name of the page, and why they overwrite nothing.
OVERWRITES_NOTHING: dict[str, str] = {}


def test_every_form_that_shows_what_is_stored_knows_what_it_showed(district, browse):
    loose = {
        f"{name} → {form.action}": form.prefilled
        for name, path, _, page in pages(district, browse)
        for form in forms_on(page, path)
        if form.prefilled and not form.knows_what_it_showed and name not in OVERWRITES_NOTHING
    }

    assert loose == {}


def send(editing: Editing, values: dict[str, list[str]], action: str) -> Any:
    return editing.browser.post(action, values)


def saved_alone(editing: Editing) -> list[tuple[str, list[list[str]]]]:
    """Return the fields that can be changed by themselves, each with two values that are accepted."""
    fields = []
    for name, others in editing.open().changes():
        answers = [_tried(editing, name, other) for other in others]
        if answers == [SAVED] * len(others):
            fields.append((name, others))
        if len(fields) == 2:
            break
    return fields


def _tried(editing: Editing, name: str, other: list[str]) -> int:
    point, form = transaction.savepoint(), editing.open()
    answer: int = send(editing, {**form.values, name: other}, form.action).status_code
    transaction.savepoint_rollback(point)
    return answer


def both_kept(editing: Editing) -> str:
    """Two open the form, change one field each, and send it one after the other."""
    fields = saved_alone(editing)
    if len(fields) < 2:
        return f"bara {[name for name, _ in fields]} går att ändra"
    first = second = editing.open()
    (one, others), (another, more) = fields
    send(editing, {**first.values, one: others[0]}, first.action)
    answer = send(editing, {**second.values, another: more[0]}, second.action)
    now = editing.open().values
    kept = now.get(one) == others[0] and now.get(another) == more[0]
    return BOTH if kept else f"{answer.status_code}: {one} är {now.get(one)}, {another} är {now.get(another)}"


def conflict_shown(editing: Editing) -> str:
    """Two change the same field; whoever is last sees both versions, and nothing of hers is stored yet."""
    fields = saved_alone(editing)
    if not fields:
        return "inget går att ändra"
    form, (name, (mine, theirs)) = editing.open(), fields[0]
    send(editing, {**form.values, name: theirs}, form.action)
    page = send(editing, {**form.values, name: mine}, form.action)
    if page.status_code not in (409, 422) or f'name="{name}-galler"' not in page.text:
        return f"{page.status_code}, inget val"
    return SHOWN if editing.open().values.get(name) == theirs else "skrev över"


# One field only, or two that depend on each other.
ONE_FIELD: frozenset[str] = frozenset()


@pytest.mark.slow
def test_two_who_change_different_fields_both_keep_their_change(district, browse):
    answers = {where: _in_savepoint(both_kept, form) for where, form in editings(district, browse).items()}

    wrong = {where: answer for where, answer in answers.items() if answer != BOTH}
    assert {where: answer for where, answer in wrong.items() if where.split(" ")[0] not in ONE_FIELD} == {}


@pytest.mark.slow
def test_two_who_change_the_same_field_see_both_versions(district, browse):
    answers = {where: _in_savepoint(conflict_shown, form) for where, form in editings(district, browse).items()}

    assert {where: answer for where, answer in answers.items() if answer != SHOWN} == {}


def _in_savepoint(attempt: Any, editing: Editing) -> str:
    point = transaction.savepoint()
    answer: str = attempt(editing)
    transaction.savepoint_rollback(point)
    return answer
