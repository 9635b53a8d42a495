"""Restrict form choices to one collaboration, since a form class knows only all rows."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet


def limit_choices(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Restrict a ModelChoiceField to these rows. Raises TypeError for any other field."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} is no ModelChoiceField")
    field.queryset = rows


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Set the choices of a ChoiceField: (value, label) pairs, or (group, pairs). Raises TypeError for other fields."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no ChoiceField")
    field.choices = list(choices)


def capitalised_choices(choices: Iterable[tuple[Any, Any]]) -> Callable[[], list[tuple[Any, str]]]:
    """Return a callable that gives the choices with capitalised labels, in the language active when it is called."""

    def capitalise() -> list[tuple[Any, str]]:
        return [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in choices]

    return capitalise


def has_choices(form: forms.Form, name: str) -> bool:
    """Return whether a ModelChoiceField has any row to choose."""
    field = form.fields[name]
    return isinstance(field, forms.ModelChoiceField) and field.queryset is not None and field.queryset.exists()
