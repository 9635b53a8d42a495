"""What the coordinator can ask of the list of statements."""

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


class StatementFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Words, wave, role, language, state, perspective and theme. Nothing sorts by how many."""

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
            *((str(each.pk), str(each)) for each in standing),
        ]
        self.filters["omgang"].queryset = Wave.objects.filter(survey__collaboration=collaboration)
        self.filters["tema"].queryset = Theme.objects.standing().filter(collaboration=collaboration)

    def with_words(self, queryset: StatementQuerySet, name: str, value: str) -> StatementQuerySet:  # noqa: ARG002
        """Those that have every word asked for."""
        return search_statements(queryset, value)

    def on_perspective(self, queryset: StatementQuerySet, name: str, value: str) -> StatementQuerySet:  # noqa: ARG002
        """Those that rest on a perspective, or on none."""
        if value == NONE:
            return queryset.without_perspective()
        return queryset.attached_to(Perspective.objects.get(pk=value).family)

    def in_theme(self, queryset: StatementQuerySet, name: str, value: Theme) -> StatementQuerySet:  # noqa: ARG002
        """Those that rest on any of a theme's perspectives."""
        return queryset.attached_to(value.family)
