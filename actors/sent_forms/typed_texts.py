"""The texts among the values of a sent form, each with the name its field has on the page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django import forms
from django.db.models import Choices
from django.utils.translation import gettext as _

_NO_WORDS = re.compile(r"[\d\s:.,+-]*|on|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# So many are shown on a page: whoever sends a form must not make the server write one many times its size.
MOST_SHOWN = 20


@dataclass(frozen=True)
class TypedText:
    """What somebody wrote in a field, and what the field is called."""

    label: str
    text: str


def texts_in(words: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the values that somebody may have typed, by name: not numbers, days, keys, choices and ticked boxes."""
    return {name: text for name, values in words.items() if (text := "\n\n".join(filter(_is_typed, values)))}


def labelled_texts(words: Mapping[str, list[str]], of_form: Mapping[str, list[str]]) -> list[TypedText]:
    """Return the texts among the words to show; `of_form` is all that was sent, which tells which form it was."""
    fields = _fields_of(frozenset(of_form))
    texts = list(texts_in({name: values for name, values in words.items() if _takes_text(fields.get(name))}).items())
    return [TypedText(_label(fields.get(name)), text) for name, text in texts[:MOST_SHOWN]]


def _takes_text(field: forms.Field | None) -> bool:
    return not isinstance(field, forms.ChoiceField | forms.BooleanField)


def _label(field: forms.Field | None) -> str:
    return str(field.label) if field is not None and field.label else _("Det du skrev")


def _fields_of(sent: frozenset[str]) -> Mapping[str, forms.Field]:
    """Return the fields of the form that was sent, as its class declares them: of the one that has most of the names.

    A view has used the class, so it is among those that are loaded. Fields that a form adds for each row are not known.
    """
    forms_here = (form for form in _classes(forms.BaseForm) if hasattr(form, "base_fields"))
    declared: Iterator[Mapping[str, forms.Field]] = (form.base_fields for form in forms_here)
    best = max(declared, key=lambda fields: (len(sent & fields.keys()), -len(fields.keys() - sent)), default={})
    return {name: field for name, field in best.items() if name in sent}


def _classes(base: type) -> Iterator[type]:
    for subclass in base.__subclasses__():
        yield subclass
        yield from _classes(subclass)


@lru_cache(maxsize=1)
def _choices() -> frozenset[str]:
    """The values of all choices that models declare, such as «objection»: nobody has typed those."""
    return frozenset(str(value) for choices in _classes(Choices) for value in getattr(choices, "values", ()))


def _is_typed(value: str) -> bool:
    return value not in _choices() and _NO_WORDS.fullmatch(value) is None
