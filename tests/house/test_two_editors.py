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
    action: str
    browser: Any

    def open(self) -> SentForm:
        """Open the page, and return the form as it is now."""
        forms = forms_on(self.browser.get(self.path), self.path)
        return next(form for form in forms if form.action == self.action and form.knows_what_it_showed)


@pytest.fixture
def district(db: None) -> doors.District:
    return build_to_edit()


def pages(district: doors.District, browse: Any) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield each page that a role may open: the name of its URL, its path, the browser and the page."""
    for role in ROLES:
        browser = browse(district.people[role])
        for address in addresses.ours():
            if address.route and role in _roles(address):
                path = district.path_to(address)
                page = None if doors.parameters_in(path) else browser.get(path)
                if page is not None and page.status_code == 200:
                    yield address.name, path, browser, page


def _roles(address: addresses.Address) -> frozenset[str]:
    """The roles that may open what is not for everyone; another test fails for what is not in the table of doors."""
    if address.audience in (addresses.EVERYONE, None):
        return frozenset()
    return doors.may(address) if address.audience == addresses.COORDINATOR else frozenset(_listed(address))


def _listed(address: addresses.Address) -> frozenset[str]:
    return frozenset(doors.EXCEPTIONS.get(address.name, frozenset()))


def editings(district: doors.District, browse: Any) -> dict[str, Editing]:
    """Return the forms that know what they showed, each once, by the name of their page and where they are sent."""
    known: dict[str, Editing] = {}
    for name, path, browser, page in pages(district, browse):
        for form in forms_on(page, path):
            if form.knows_what_it_showed:
                known.setdefault(f"{name} {_last(form.action)}", Editing(name, path, form.action, browser))
    return known


# Forms with fields that hold something before anybody writes, by the name of the page, and why they overwrite nothing.
NEW = "makes something new"
DAY = "the day of an act is proposed, nothing stored is shown"
LISTED = "it sends what its page listed, and is refused once when something else is held now (tests/dialogue/leaving)"
OVERWRITES_NOTHING = {
    **dict.fromkeys(("meeting-plan", "partner-join", "interview-new", "survey-new", "question-new", "wave-new"), NEW),
    **dict.fromkeys(("channel-new", "import", "perspective-new", "group-new", "seat-new", "meeting-new"), NEW),
    **dict.fromkeys(("decision-new", "petition-new", "outside-new", "mandate-propose", "commitment-ask"), NEW),
    **dict.fromkeys(("adjusting", "proposal-stand", "person", "piles", "dialogue-new"), NEW),
    **dict.fromkeys(("end-affiliation", "partner-leave"), LISTED),
    **dict.fromkeys(("group-end", "seat-leave", "petition", "outside-question"), DAY),
    "part-decision": DAY,
    "import-large": "choices about a file that waits, judged anew; what is stored must be what was shown (`seen`)",
    "perspective dela": NEW,
    "coding-source": "a review confirms one whole text, and compares its version (`seen`) as a whole",
}


def overwrites_nothing(name: str, form: SentForm) -> bool:
    """Whether the page, or this form of it (by the end of its address), is listed."""
    return not {name, f"{name} {_last(form.action)}"}.isdisjoint(OVERWRITES_NOTHING)


def _last(action: str) -> str:
    """The last word of an address, such as «andra»; none when it ends with a number or a key."""
    word = action.rstrip("/").rsplit("/", 1)[-1]
    return "" if any(letter.isdigit() for letter in word) else word


def test_every_form_that_shows_what_is_stored_knows_what_it_showed(district, browse):
    loose = {
        f"{name} → {form.action}": form.prefilled
        for name, path, _, page in pages(district, browse)
        for form in forms_on(page, path)
        if form.prefilled and not form.knows_what_it_showed and not overwrites_nothing(name, form)
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


# These have one field beside boxes, or one that can be changed by itself.
ONE_FIELD = frozenset({"decision-deadline", "channel", "issue-bodies berorda", "meeting-edit andra"})
ONE_FIELD |= {"report-theme", "account-name namn", "helper-task", "person-name namn", "person-title"}
# Boxes only: each is kept by itself, so that two can not be in conflict. Their own tests drive them.
ONLY_BOXES = frozenset({"perspective teman", "issue-perspectives perspektiv"})


def answers(attempt: Any, forms: dict[str, Editing], wanted: str, but: frozenset[str]) -> dict[str, str]:
    """Return how the attempt went with each form, where it went otherwise than wanted."""
    tried = {where: attempt(form) for where, form in forms.items() if where.strip() not in but}
    return {where: answer for where, answer in tried.items() if answer != wanted}


def test_two_who_change_different_fields_both_keep_their_change(district, browse):
    assert answers(both_kept, editings(district, browse), BOTH, ONE_FIELD | ONLY_BOXES) == {}


def test_two_who_change_the_same_field_see_both_versions(district, browse):
    assert answers(conflict_shown, editings(district, browse), SHOWN, ONLY_BOXES) == {}
