"""Search, choose among and sort the coordinator's decisions."""

from typing import Any

import django_filters

from actors.models import Collaboration, Organisation
from actors.people.memberships import bodies_of
from dialogue.models import Decision
from dialogue.rules.decisions import DecisionKind, DecisionOutcome
from ostberga.lib.web.list_filters import ListFilter, ordering


class DecisionFilter(ListFilter):
    """By words, state, kind and who answers."""

    searched = ("title.sv", "ask", "parts__registry_number")
    lage = django_filters.ChoiceFilter(
        label="Läge", field_name="outcome", choices=DecisionOutcome.choices, empty_label="Alla"
    )
    slag = django_filters.ChoiceFilter(
        label="Slag", field_name="kind", choices=DecisionKind.choices, empty_label="Alla"
    )
    organisation = django_filters.ModelChoiceFilter(
        label="Organisation", field_name="parts__organisation", queryset=Organisation.objects.none(), empty_label="Alla"
    )
    ordning = ordering(
        ("-requested_at", "-begart", "senast begärt"),
        ("requested_at", "begart", "först begärt"),
        ("-settled_on", "-avgjort", "senast avgjort"),
        ("title__sv", "rubrik", "rubrik"),
    )

    class Meta:
        model = Decision
        fields: list[str] = []

    def __init__(self, data: Any, *, collaboration: Collaboration) -> None:
        super().__init__(data, queryset=Decision.objects.filter(dialogue__collaboration=collaboration).distinct())
        self.filters["organisation"].queryset = bodies_of(collaboration).order_by("name")
