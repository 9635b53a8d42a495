"""Search, choose among and sort the coordinator's activities."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from actors.models import Collaboration, Organisation
from actors.people.memberships import bodies_of
from dialogue.models import Activity
from dialogue.rules.activities import ActivityState, Reply
from ostberga.lib.web.list_filters import ListFilter, ordering

NEEDS_REVIEW = "att-se-over"
STATES = [*((value, label.capitalize()) for value, label in ActivityState.choices), (NEEDS_REVIEW, "Att se över")]


class ActivityFilter(ListFilter):
    """By words, state and who takes part."""

    searched = ("title.sv", "description.sv", "place", "issue__title.sv")
    lage = django_filters.ChoiceFilter(label="Läge", method="in_state", choices=STATES, empty_label="Alla")
    organisation = django_filters.ModelChoiceFilter(
        label="Organisation", method="with_body", queryset=Organisation.objects.none(), empty_label="Alla"
    )
    ordning = ordering(
        ("start", "start", "först början"),
        ("-start", "-start", "sist början"),
        ("end", "slut", "slutar först"),
        ("-planned_at", "-inlagd", "senast inlagd"),
        ("title__sv", "rubrik", "rubrik"),
    )

    class Meta:
        model = Activity
        fields: list[str] = []

    def __init__(self, data: Any, *, collaboration: Collaboration) -> None:
        super().__init__(data, queryset=Activity.objects.filter(dialogue__collaboration=collaboration))
        self.filters["organisation"].queryset = bodies_of(collaboration).order_by("name")

    @property
    def needs_review(self) -> bool:
        """Whether only those are wanted that have gone silent or have a concern. Their rows tell which they are."""
        return bool(self.data.get("lage") == NEEDS_REVIEW)

    def in_state(self, queryset: "QuerySet[Activity]", name: str, value: str) -> "QuerySet[Activity]":  # noqa: ARG002
        """Keep those in the state."""
        return queryset if value == NEEDS_REVIEW else queryset.filter(state=value)

    def with_body(
        self,
        queryset: "QuerySet[Activity]",
        name: str,  # noqa: ARG002
        value: Organisation,
    ) -> "QuerySet[Activity]":
        """Keep those that the body has been asked about, unless the question was withdrawn."""
        asked = Q(commitments__organisation=value) & ~Q(commitments__reply=Reply.WITHDRAWN)
        return queryset.filter(pk__in=Activity.objects.filter(asked).values("pk"))
