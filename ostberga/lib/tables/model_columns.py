"""Columns made of model fields: named by the field, explained by its help text, typed as it is stored."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.db import models

from ostberga.lib.tables.table import Cell, CellType, ExportColumn
from ostberga.lib.translations.languages import LANGUAGES, SOURCE, SWEDISH_NAMES

_TYPES: tuple[tuple[type[models.Field[Any, Any]], CellType], ...] = (
    (models.DateTimeField, CellType.MOMENT),
    (models.DateField, CellType.DAY),
    (models.BooleanField, CellType.YES_NO),
    (models.IntegerField, CellType.NUMBER),
    (models.TextField, CellType.LONG_TEXT),
    (models.JSONField, CellType.LONG_TEXT),
)


def field_column(model: type[models.Model], name: str, heading: str = "", path: str = "") -> ExportColumn[Any]:
    """Return the column of a field: a choice by its word, a related row by its name.

    `path` leads from the row to the object that has the field, when it is not the row itself.
    """
    field: Any = model._meta.get_field(name)
    type_ = CellType.TEXT if field.choices else next((kind for base, kind in _TYPES if isinstance(field, base)), None)
    getter = attrgetter(f"{path}.{_attribute(field)}" if path else _attribute(field))
    return ExportColumn(heading or _sentence(str(field.verbose_name)), str(field.help_text), _read(field, getter),
                  type_ or CellType.TEXT)  # fmt: skip


def field_columns(model: type[models.Model], *names: str) -> tuple[ExportColumn[Any], ...]:
    """Return the columns of these fields, named as they are."""
    return tuple(field_column(model, name) for name in names)


def text_columns(model: type[models.Model], name: str, heading: str = "") -> tuple[ExportColumn[Any], ...]:
    """Return a column for each language of a text that is kept in several. Swedish has the plain name."""
    field: Any = model._meta.get_field(name)
    plain = heading or _sentence(str(field.verbose_name))
    return tuple(
        ExportColumn(
            plain if language == SOURCE else f"{plain} ({SWEDISH_NAMES[language]})",
            str(field.help_text),
            _in_language(name, language),
            CellType.TEXT if name == "title" else CellType.LONG_TEXT,
            "" if language == SOURCE else language,
        )
        for language in LANGUAGES
    )


def listed(values: Any) -> str:
    """Return the names as one text: «Belysning; Trygghet»."""
    return "; ".join(str(value) for value in values)


def _attribute(field: Any) -> str:
    return f"get_{field.name}_display" if field.choices else str(field.name)


def _read(field: Any, getter: Callable[[Any], Any]) -> Callable[[Any], Cell]:
    if field.choices:
        return lambda row: str(getter(row)())
    if field.is_relation:
        return lambda row: _name(getter(row))
    return getter


def _name(related: Any) -> str | None:
    return None if related is None else str(related)


def _in_language(name: str, language: str) -> Callable[[Any], Cell]:
    return lambda row: str(getattr(row, name).get(language, ""))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
