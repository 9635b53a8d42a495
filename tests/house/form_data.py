"""Filling in the forms of a page as somebody would, or with the keys of what is not hers to choose."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpResponse

from ostberga.lib.editing.comparison import SHOWN
from tests.house.belongings import Row


def forms_of(page: HttpResponse) -> list[forms.BaseForm]:
    """Return the forms that a page was rendered with."""
    given: Any = getattr(page, "context", None) or []
    contexts = given if isinstance(given, list) else [given]
    values = [value for context in contexts for layer in context.dicts for value in layer.values()]
    listed = [item for value in values for item in (value if isinstance(value, list | tuple) else [value])]
    return list({id(item): item for item in listed if isinstance(item, forms.BaseForm)}.values())


def fill(form: forms.BaseForm, others: set[Row] | None = None) -> dict[str, Any]:
    """Return data for each field. With `others`, every choice of a row is answered with such a row, if there is one."""
    data = {form.add_prefix(name): _value(field, others) for name, field in form.fields.items()}
    typed = {form.add_prefix(name): form.initial[name] for name in form.fields if name in form.initial}
    plain = {name: value for name, value in typed.items() if isinstance(value, str | int) and data[name] == "Text"}
    return data | plain | _shown(form)


def edited(form: forms.BaseForm) -> Iterator[dict[str, Any]]:
    """Yield data for a form that edits something stored, with other words in every field for free text."""
    texts = [name for name, field in form.fields.items() if _takes_words(field)]
    if _shown(form) and texts:
        yield fill(form) | {form.add_prefix(name): f"{form.initial.get(name, '')} Text".strip() for name in texts}


def _takes_words(field: forms.Field) -> bool:
    is_text = type(field) is forms.CharField and not (field.disabled or field.widget.is_hidden)
    return is_text and getattr(field, "max_length", None) not in range(80)


def _shown(form: forms.BaseForm) -> dict[str, str]:
    """What the page knows that it showed of what is stored; nothing for a form that makes something new."""
    return {form.add_prefix(SHOWN): str(form[SHOWN].value())} if SHOWN in form.fields else {}


def _value(field: forms.Field, others: set[Row] | None) -> Any:
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        offered = list(field.queryset[:3])
        foreign = [key for label, key in others or () if label == field.queryset.model._meta.label]
        keys = [str(key) for key in foreign] or [str(row.pk) for row in offered]
        return keys if isinstance(field, forms.ModelMultipleChoiceField) else [*keys, ""][0]
    if isinstance(field, forms.ChoiceField):
        chosen = [str(value) for value, _ in _flat(field.choices) if value not in ("", None)][:1]
        return chosen if isinstance(field, forms.MultipleChoiceField) else [*chosen, ""][0]
    if isinstance(field, forms.DateField):
        return dt.datetime.now(tz=dt.UTC).date().isoformat()
    numbers = {forms.BooleanField: "on", forms.IntegerField: "7", forms.EmailField: "ny@annanstans.example"}
    return next((value for kind, value in numbers.items() if isinstance(field, kind)), "Text")


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield value, label


def chosen_rows(form: forms.BaseForm) -> Iterator[tuple[str, Model]]:
    """Yield each row that a form offers, with the name of its field."""
    for name, field in form.fields.items():
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            yield from ((name, row) for row in field.queryset)
