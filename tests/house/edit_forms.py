"""The forms of a page as a browser holds them: which show something stored, and how somebody would change a field."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html  # type: ignore[import-untyped]  # it ships no types

WRITTEN = {"text", "email", "number", "date", "time", "url", "search", "tel"}


@dataclass(frozen=True)
class SentForm:
    """A form that is sent with POST: where to, and what a browser sends of it as it is."""

    action: str
    element: Any

    @property
    def values(self) -> dict[str, list[str]]:
        """What a browser sends, without the button."""
        values: dict[str, list[str]] = {}
        for name, value in self.element.form_values():
            values.setdefault(name, []).append((value or "").replace("\r\n", "\n").removeprefix("\n"))
        return values

    @property
    def knows_what_it_showed(self) -> bool:
        """Whether it has the hidden field of `EditForm`."""
        return any(name == "shown" or name.endswith("-shown") for name in self.values)

    @property
    def prefilled(self) -> list[str]:
        """The names of its fields that people see and that hold something already."""
        return [control.name for control in self._controls() if _holds(control)]

    def changes(self) -> Iterator[tuple[str, list[list[str]]]]:
        """Yield each field that people can change, with two other values for it."""
        for control in self._controls():
            if others := _other_values(control, self.values.get(control.name, [])):
                yield control.name, others

    def _controls(self) -> Iterator[Any]:
        seen = set()
        for control in self.element.inputs:
            kind = getattr(control, "type", control.tag) if control.tag == "input" else control.tag
            visible = kind in WRITTEN | {"checkbox", "radio", "textarea", "select"}
            if control.name and visible and "disabled" not in control.attrib and control.name not in seen:
                seen.add(control.name)
                yield control


def forms_on(page: Any, path: str) -> list[SentForm]:
    """Return the forms of a page that are sent with POST."""
    if "text/html" not in page.headers.get("Content-Type", ""):
        return []
    elements = html.fromstring(page.content.decode()).forms
    return [SentForm(form.action or path, form) for form in elements if form.method == "POST"]


def _holds(control: Any) -> bool:
    if control.tag == "textarea":
        return bool((control.value or "").strip())
    if control.tag == "select":
        return any(option.get("selected") is not None and option.get("value") for option in control.iter("option"))
    if control.type in {"checkbox", "radio"}:
        return any(box.get("checked") is not None for box in _alike(control))
    return bool(control.value)


def _alike(control: Any) -> list[Any]:
    return [box for box in next(control.iterancestors("form")).inputs if box.name == control.name]


def _other_values(control: Any, now: list[str]) -> list[list[str]]:
    """Two values that the field does not have now; none if it has no two others."""
    first = now[0] if now else ""
    if control.tag == "textarea" or (control.tag == "input" and control.type == "text"):
        return [[f"{first} Åkes".strip()], [f"{first} Disas".strip()]]
    if control.tag == "input" and control.type == "number":
        return [[str(int(first or 1) + step)] for step in (1, 2)]
    if control.tag == "input" and control.type == "date":
        day = dt.date.fromisoformat(first) if first else dt.date(2027, 5, 1)
        return [[(day + dt.timedelta(days=step)).isoformat()] for step in (1, 2)]
    if control.tag == "select" or control.type == "radio":
        offered = control.value_options if control.tag == "select" else [box.get("value") for box in _alike(control)]
        others = [[value] for value in offered if value and value != first]
        return others[:2] if len(others) > 1 else []
    return []
