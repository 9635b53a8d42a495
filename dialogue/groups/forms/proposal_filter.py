"""Search, choose among and sort the coordinator's proposals."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from actors.models import Collaboration
from dialogue.models import Issue, Proposal, WorkingGroup
from ostberga.lib.web.list_filters import ListFilter, ordering

STATES: dict[str, dict[str, Any]] = {
    "utkast": {"stands_since": None, "withdrawn_at": None},
    "star": {"stands_since__isnull": False, "withdrawn_at": None},
    "atertaget": {"withdrawn_at__isnull": False},
}


class ProposalFilter(ListFilter):
    """By words, state, issue and group."""

    searched = ("title.sv", "what.sv", "place")
    lage = django_filters.ChoiceFilter(
        label="Läge",
        method="in_state",
        empty_label="Alla",
        choices=[("utkast", "utkast"), ("star", "gruppen står bakom"), ("atertaget", "återtaget")],
    )
    fraga = django_filters.ModelChoiceFilter(
        label="Sakfråga", field_name="issue", queryset=Issue.objects.none(), empty_label="Alla"
    )
    grupp = django_filters.ModelChoiceFilter(
        label="Grupp", field_name="group", queryset=WorkingGroup.objects.none(), empty_label="Alla"
    )
    ordning = ordering(
        ("-written_at", "-inskrivet", "senast inskrivet"),
        ("written_at", "inskrivet", "först inskrivet"),
        ("title__sv", "rubrik", "rubrik"),
    )

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, data: Any, *, collaboration: Collaboration) -> None:
        proposals = Proposal.objects.filter(issue__dialogue__collaboration=collaboration)
        super().__init__(data, queryset=proposals.order_by("-written_at", "-pk"))
        self.filters["fraga"].queryset = Issue.objects.filter(dialogue__collaboration=collaboration)
        self.filters["grupp"].queryset = WorkingGroup.objects.filter(dialogue__collaboration=collaboration)

    def in_state(self, queryset: "QuerySet[Proposal]", name: str, value: str) -> "QuerySet[Proposal]":  # noqa: ARG002
        """Keep the proposals in a state."""
        return queryset.filter(**STATES[value])
