"""Comparing a form that was sent with what its page showed and with what is stored now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django import forms
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from ostberga.lib.editing.plain_values import in_words, plain_value, write_into
from ostberga.lib.editing.shown import Digests
from ostberga.lib.editing.three_way import Merged, Plain, Shown, merge

SHOWN = "shown"
STATE = "(state)"
THEIRS = "andras"
BOTH_WROTE = "Välj ovanför vad som ska gälla."


@dataclass(frozen=True)
class Conflict:
    """A field that two people have changed: what is stored, and the name and value of the choice to keep that."""

    label: str
    theirs: str
    choice: str
    language: str
    direction: str
    value: str = THEIRS

    @property
    def as_html(self) -> str:
        """The other's version and the choice, above the field."""
        return render_to_string("editing/conflict.html", {"conflict": self})


class Comparison:
    """A form, and the stored thing that it edits."""

    def __init__(self, form: forms.BaseForm, edits: Model, *, uncompared: frozenset[str], about: str) -> None:
        self._form, self._edits, self._uncompared = form, edits, uncompared
        self._digests = Digests(f"{edits._meta.label}:{edits.pk}:{type(form).__name__}:{form.prefix or ''}:{about}")

    def seal(self) -> str:
        """Return the text of the hidden field: what a page shows that shows what is stored now."""
        earlier = self._shown if self._form.is_bound else None
        return self._digests.seal({**self._stored(), STATE: self._state}, earlier)

    def merge(self) -> list[tuple[str | None, str]]:
        """Write the merged values into the form's data. Return the errors of what cannot be merged, by field."""
        form, data, stored = self._form, _copy(self._form.data), self._stored()
        errors: list[tuple[str | None, str]] = []
        if self._shown is not None and self._shown.get(STATE) != self._digests.digest(STATE, self._state):
            errors.append((None, _moved_on(self._state)))
        for name, field in self._compared():
            merged = self._merge_field(name, field, stored[name])
            if merged.is_conflict:
                field.conflict = self._conflict(name, field, stored[name])  # type: ignore[attr-defined]
                errors.append((name, BOTH_WROTE))
            write_into(data, form.add_prefix(name), field, merged.value)
        data[form.add_prefix(SHOWN)] = self.seal()
        form.data = data
        return errors

    def _conflict(self, name: str, field: forms.Field, stored: Plain) -> Conflict:
        attrs = field.widget.attrs
        language, direction = str(attrs.get("lang", "")), str(attrs.get("dir", ""))
        return Conflict(str(field.label), in_words(field, stored), self._choice(name), language, direction)

    def _merge_field(self, name: str, field: forms.Field, stored: Plain) -> Merged:
        form, digests, shown = self._form, self._digests, self._shown
        sent = plain_value(field, field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name)))
        seen = (shown or {}).get(name)
        if form.data.get(self._choice(name)) == THEIRS and seen == digests.of_value(name, stored):
            return Merged(stored)
        on_page = shown is None or name in shown
        return merge(sent=sent, stored=stored, shown=seen, digest=partial(digests.digest, name), is_on_page=on_page)

    @cached_property
    def _shown(self) -> Mapping[str, Shown] | None:
        """What the page showed; None when it did not say."""
        return self._digests.open(str(self._form.data.get(self._form.add_prefix(SHOWN)) or ""))

    @property
    def _state(self) -> str:
        return str(getattr(self._edits, "edit_state", ""))

    def _stored(self) -> dict[str, Plain]:
        form = self._form
        return {name: plain_value(field, form.get_initial_for_field(field, name)) for name, field in self._compared()}

    def _compared(self) -> Iterator[tuple[str, forms.Field]]:
        for name, field in self._form.fields.items():
            left_out = name == SHOWN or name in self._uncompared or field.disabled
            if not left_out and not isinstance(field, forms.FileField):
                yield name, field

    def _choice(self, name: str) -> str:
        return f"{self._form.add_prefix(name)}-galler"


def _copy(data: Any) -> "MultiValueDict[str, Any]":
    if isinstance(data, MultiValueDict):
        return data.copy()
    return MultiValueDict({key: value if isinstance(value, list) else [value] for key, value in data.items()})


def _moved_on(state: str) -> str:
    now = f" Nu: {state}." if state else ""
    return f"Det här har ändrat läge sedan du öppnade sidan.{now} Inget är sparat, men det du skrev står kvar."
