"""Puts what somebody typed back into the form of a page, and leaves every other byte of the page as it was.

And says in a page that is shown at another address than its own where its forms and links lead.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import urljoin, urlsplit

from ostberga.lib.web.form_tokens import FIELD
from ostberga.lib.web.html_forms import Control, Form, PageForms, Tag, read_forms

Words = Mapping[str, Sequence[str]]
FORM_ID = "det-du-skrev"
_TICKED = frozenset({"checkbox", "radio"})
# What needs the page's own address to be understood: neither a path, nor an address, nor a place in the page.
_RELATIVE = re.compile(r"(?![#/]|[a-z][a-z0-9+.-]*:)", re.I)
# A form without an action is sent to its page; a button without one of its own, where its form is sent.
_NO_GOAL = {"action": "", "formaction": "#", "href": "#"}
_LEFT_ALONE = frozenset({"submit", "button", "image", "reset", "file", "password"})


@dataclass
class FilledPage:
    """A page with its form filled in. `form_id` is empty when no form of the page is the one that was sent."""

    html: str
    form_id: str = ""
    placed: set[str] = field(default_factory=set)  # names of fields whose words all stand in the form


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


def fill_form(html: str, *, page: str, action: str, words: Words) -> FilledPage:
    """Fill in the form of the page at `page` that is sent to `action`: the one that has most of the fields."""
    forms = read_forms(html)
    form = _form_sent(forms, page, action, words)
    if form is None:
        return FilledPage(html)
    edits, placed = _edits(form, words)
    folds = {fold.start: fold for control in form.controls for fold in control.folded_in}
    edits += [_retagged(fold, {"open": ""}) for fold in folds.values()]
    form_id = form.tag.attributes.get("id") or FORM_ID
    if not form.tag.attributes.get("id"):
        edits.append(_retagged(form.tag, {"id": FORM_ID}))
    return FilledPage(_edited(html, edits), form_id, placed | form.button_names)


def holds_form(html: str, *, page: str, action: str, words: Words) -> bool:
    """Return whether the page has the form that was sent, so that it shows itself what was typed."""
    return _form_sent(read_forms(html), page, action, words) is not None


def written_out(html: str, *, page: str) -> str:
    """Return the page with its forms and links leading where they do at its own address `page`, wherever it is shown.

    A form or a button without a goal gets the page's address. Links within the page stay as they are.
    """
    forms = read_forms(html)
    goals = [(form.tag, "action") for form in forms.forms]
    goals += [(control.tag, "formaction") for form in forms.forms for control in form.controls]
    goals += [(link, "href") for link in forms.links]
    edits = [
        _retagged(tag, {name: urljoin(page, tag.attributes.get(name, ""))})
        for tag, name in goals
        if _RELATIVE.match(tag.attributes.get(name, _NO_GOAL[name]))
    ]
    return _edited(html, edits)


def insert_in_main(html: str, piece: str) -> str:
    """Return the page with a piece of HTML first in <main>; at its end where there is no <main>."""
    at = read_forms(html).main_starts
    return html[:at] + piece + html[at:] if at else html + piece


def insert_last_in_main(html: str, piece: str) -> str:
    """Return the page with a piece of HTML last in <main>; at its end where there is no <main>."""
    at = html.rfind("</main>")
    return html[:at] + piece + html[at:] if at >= 0 else html + piece


def _form_sent(forms: PageForms, page: str, action: str, words: Words) -> Form | None:
    """Residents' forms have no token, and are never filled in: their hidden keys are nobody else's to choose."""
    ours = [form for form in forms.forms if any(control.name == FIELD for control in form.controls)]
    fitting = [
        form for form in ours if any(urlsplit(urljoin(page, goal) or page).path == action for goal in form.goals)
    ]
    return max(fitting, key=lambda form: _likeness(form, words), default=None)


def _likeness(form: Form, words: Words) -> int:
    """Forms may share an address: the names of their fields tell them apart, then what is hidden in them."""
    names = {control.name for control in form.controls}
    hidden = [control for control in form.controls if control.kind == "hidden"]
    same = sum(control.value in words.get(control.name, ()) for control in hidden)
    return len(names & words.keys()) + 2 * same


def _edits(form: Form, words: Words) -> tuple[list[_Edit], set[str]]:
    edits: list[_Edit] = []
    left = {name: list(values) for name, values in words.items()}
    keys = _keys_sent_before(form, words)
    for control in (_renamed(control, keys) for control in form.controls):
        if control.kind in _LEFT_ALONE or control.is_disabled:
            continue
        if control.kind in _TICKED:
            edits.append(_ticked(control, left))
        elif control.kind == "select":
            edits += _chosen(control, left)
        elif control.kind == "hidden" and control.value in left.get(control.name, []):
            left[control.name].remove(control.value)
            edits.append(_retagged(control.tag, {}))
        elif left.get(control.name):
            edits += _written(control, left[control.name].pop(0))
    return edits, {name for name, values in left.items() if not any(values)}


def _keys_sent_before(form: Form, words: Words) -> dict[str, str]:
    """Map keys of rows that are new on this page to keys that were sent and are not on it.

    A form of many rows names each by a hidden key, and the names of the row's fields begin with it. An empty row has
    a new key in every rendering: it takes the key, and so the words, of a row that was typed in an earlier one.
    """
    keys: dict[str, str] = {}
    for name, sent in words.items():
        here = [control.value for control in form.controls if control.kind == "hidden" and control.name == name]
        if any(control.name.startswith(f"{key}-") for control in form.controls for key in here if key):
            new = [key for key in here if key not in sent]
            keys |= zip(new, [key for key in sent if key not in here], strict=False)
    return keys


def _renamed(control: Control, keys: Mapping[str, str]) -> Control:
    attributes = dict(control.tag.attributes)
    if control.kind == "hidden" and control.value in keys:
        attributes["value"] = keys[control.value]
    for key, earlier in keys.items():
        if control.name.startswith(f"{key}-"):
            attributes["name"] = earlier + control.name.removeprefix(key)
    return replace(control, tag=replace(control.tag, attributes=attributes))


def _ticked(control: Control, left: dict[str, list[str]]) -> _Edit:
    is_chosen = control.value in left.get(control.name, [])
    if is_chosen:
        left[control.name].remove(control.value)
    return _retagged(control.tag, {"checked": "" if is_chosen else None})


def _chosen(control: Control, left: dict[str, list[str]]) -> list[_Edit]:
    values = left.get(control.name, [])
    if not values and "multiple" not in control.tag.attributes:
        return []
    offered = [option for option in control.options if option.value in values]
    if values and not offered:
        return []  # what was chosen is no longer offered
    for option in offered:
        values.remove(option.value)
    options = [_retagged(option.tag, {"selected": "" if option in offered else None}) for option in control.options]
    return [_retagged(control.tag, {}), *options]


def _written(control: Control, text: str) -> list[_Edit]:
    if control.kind == "textarea":
        return [_retagged(control.tag, {}), _Edit(control.tag.end, control.text_ends, f"\n{escape(text)}")]
    return [_retagged(control.tag, {"value": text})]


def _retagged(tag: Tag, changes: Mapping[str, str | None]) -> _Edit:
    """Write the tag again with some attributes changed; None takes one away."""
    attributes = {**tag.attributes, **changes}
    written = "".join(
        f' {name}="{escape(value)}"' if value else f" {name}" + ('=""' if name == "value" else "")
        for name, value in attributes.items()
        if value is not None
    )
    return _Edit(tag.start, tag.end, f"<{tag.name}{written}>")


def _edited(html: str, edits: list[_Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        html = html[: edit.start] + edit.text + html[edit.end :]
    return html
