"""A form field's value as plain text, to compare what was shown, sent and stored; and back into the form's data."""

from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from ostberga.lib.editing.three_way import Plain

TICKED = "on"


def plain_value(field: forms.Field, value: Any) -> Plain:
    """Return a value, as it is stored or as it was sent, as text: equal texts mean the same."""
    if _holds_several(field):
        several = field.prepare_value(value) or []
        return tuple(str(part) for part in several)
    if isinstance(field, forms.BooleanField):
        return TICKED if field.to_python(value) else ""
    prepared = field.prepare_value(value)
    if not isinstance(field, forms.ChoiceField):
        with suppress(ValidationError):  # what cannot be read is compared as it was typed
            prepared = field.to_python(prepared)
    return _lines("" if prepared is None else str(prepared))


def write_into(data: "MultiValueDict[str, Any]", key: str, field: forms.Field, value: Plain) -> None:
    """Let the form's data hold this value, as if it had been sent."""
    if isinstance(value, tuple):
        data.setlist(key, list(value))
    elif isinstance(field, forms.BooleanField) and not value:
        data.pop(key, None)
    else:
        data[key] = value


def in_words(field: forms.Field, value: Plain) -> str:
    """Return the value as the page shows it: the labels of choices, else the text."""
    if hasattr(field, "in_words"):
        return str(field.in_words(value))
    if isinstance(field, forms.BooleanField):
        return "ja" if value else "nej"
    if not isinstance(field, forms.ChoiceField):
        return str(value)
    labels = {str(key): str(label) for key, label in _flat(field.choices)}
    chosen = value if isinstance(value, tuple) else (value,)
    return ", ".join(labels.get(key, key) for key in chosen)


def _holds_several(field: forms.Field) -> bool:
    return isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = []
    for key, label in choices:
        pairs += label if isinstance(label, list | tuple) else [(key, label)]
    return pairs
