"""What a form offers to choose among is known first when it is shown: rows of one collaboration, never of all."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet


def limit_choices(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field choose among these rows."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} does not choose among rows")
    field.queryset = rows


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, str]]) -> None:
    """Let a field choose among these values, each with the words that people see."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} does not choose among words")
    field.choices = list(choices)


def capitalised_choices(choices: Iterable[tuple[Any, Any]]) -> Callable[[], list[tuple[Any, str]]]:
    """The same choices, each beginning as a line of its own; said when they are shown, in the language of then."""

    def shown() -> list[tuple[Any, str]]:
        return [(value, str(words)[:1].upper() + str(words)[1:]) for value, words in choices]

    return shown


def has_choices(form: forms.Form, name: str) -> bool:
    """Whether there is any row to choose."""
    field = form.fields[name]
    return isinstance(field, forms.ModelChoiceField) and field.queryset is not None and field.queryset.exists()
