"""Filters of the coordinator's list of statements."""

from typing import Any

import django_filters
from django import forms

from actors.models import Collaboration
from surveys.models import Perspective, Statement, Theme, Wave
from surveys.models.statements import StatementQuerySet
from surveys.rules.languages import LANGUAGE_CHOICES
from surveys.rules.roles import Role
from surveys.statements.search import search_statements

NONE = "utan"
OF_WHOM = ("omgang", "roll", "sprak", "lage")


class StatementFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Filter by words, wave, role, language, state, perspective and theme."""

    is_guess = False  # whether nothing has the words as they were typed: those that are found have words like them

    q = django_filters.CharFilter(
        label="Sök i maskad text", method="with_words", widget=forms.TextInput({"type": "search", "maxlength": 200})
    )
    omgang = django_filters.ModelChoiceFilter(
        label="Omgång", field_name="wave", queryset=Wave.objects.none(), empty_label="Alla"
    )
    roll = django_filters.ChoiceFilter(label="Roll", field_name="role", choices=Role.choices, empty_label="Alla")
    sprak = django_filters.ChoiceFilter(
        label="Språk", field_name="language", choices=LANGUAGE_CHOICES, empty_label="Alla"
    )
    lage = django_filters.ChoiceFilter(
        label="Läge", field_name="state", choices=Statement.State.choices, empty_label="Alla"
    )
    perspektiv = django_filters.ChoiceFilter(label="Perspektiv", method="on_perspective", empty_label="Alla")
    tema = django_filters.ModelChoiceFilter(
        label="Tema", method="in_theme", queryset=Theme.objects.none(), empty_label="Alla"
    )

    class Meta:
        model = Statement
        fields: list[str] = []

    def __init__(self, collaboration: Collaboration, data: Any, queryset: StatementQuerySet) -> None:
        super().__init__(data, queryset=queryset)
        standing = Perspective.objects.standing().filter(collaboration=collaboration)
        self.filters["perspektiv"].extra["choices"] = [
            (NONE, "Utan perspektiv"),
            *((str(perspective.pk), str(perspective)) for perspective in standing),
        ]
        if collaboration.is_only_helped:  # she is not told whose words they are
            for name in OF_WHOM:
                del self.filters[name]
        else:
            self.filters["omgang"].queryset = Wave.objects.filter(survey__collaboration=collaboration)
        self.filters["tema"].queryset = Theme.objects.standing().filter(collaboration=collaboration)

    def with_words(self, queryset: StatementQuerySet, name: str, value: str) -> StatementQuerySet:  # noqa: ARG002
        """Statements with all the words, or with words like them."""
        statements, self.is_guess = search_statements(queryset, value)
        return statements

    def on_perspective(self, queryset: StatementQuerySet, name: str, value: str) -> StatementQuerySet:  # noqa: ARG002
        """Statements attached to a perspective, or to none."""
        if value == NONE:
            return queryset.without_perspective()
        return queryset.attached_to(Perspective.objects.get(pk=value).family)

    def in_theme(self, queryset: StatementQuerySet, name: str, value: Theme) -> StatementQuerySet:  # noqa: ARG002
        """Statements attached to any perspective of a theme."""
        return queryset.attached_to(value.family)
