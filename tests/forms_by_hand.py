"""A form of a page as somebody fills it in by hand: her words in its fields, everything else as the page has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from ostberga.lib.web.html_forms import Control, Form, read_forms

_SENT_IF_TICKED = {"checkbox", "radio"}
_NOT_FILLED_IN = {"file", "submit", "button", "image", "reset"}


@dataclass
class FilledForm:
    """Where a form is sent, and what its fields hold, as lists by name."""

    action: str
    fields: dict[str, list[str]]
    form: Form

    def typed(self, words: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is sent once these words have been written in it."""
        return {**self.fields, **words}


def forms_on(page: Any, path: str) -> list[FilledForm]:
    """Return the forms of a page that are sent by POST."""
    forms = [form for form in read_forms(page.text).forms if form.tag.attributes.get("method", "").lower() == "post"]
    return [FilledForm(urljoin(path, form.goals[0]) or path, _fields(page.text, form), form) for form in forms]


def form_to(page: Any, path: str, action: str = "") -> FilledForm:
    """Return the only form that is sent there; by default to the page itself."""
    (form,) = [form for form in forms_on(page, path) if form.action.partition("?")[0] == (action or path)]
    return form


def _fields(html: str, form: Form) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for control in form.controls:
        if control.name and not control.is_disabled and control.kind not in _NOT_FILLED_IN | {"button"}:
            fields.setdefault(control.name, []).extend(_values(html, control))
    return {name: values for name, values in fields.items() if values}


def _values(html: str, control: Control) -> list[str]:
    if control.kind in _SENT_IF_TICKED:
        return [control.value] if "checked" in control.tag.attributes else []
    if control.kind == "select":
        chosen = [option.value for option in control.options if "selected" in option.tag.attributes]
        return chosen or [option.value for option in control.options[:1] if "multiple" not in control.tag.attributes]
    if control.kind == "textarea":
        from html import unescape

        return [unescape(html[control.tag.end : control.text_ends]).removeprefix("\n")]
    return [control.value]
