"""Search, choose among and sort the people of a collaboration."""

from typing import Any

import django_filters

from actors.models import Affiliation, Collaboration, Organisation
from actors.people.memberships import affiliations_of, bodies_of
from ostberga.lib.web.list_filters import ListFilter, ordering


class PeopleFilter(ListFilter):
    """By words, also in former names, and organisation."""

    searched = (
        *("user__name", "user__email", "user__former_names__name", "title"),
        *("organisation__name", "organisation__short_name"),
        *("organisation__former_names__name", "organisation__former_names__short_name"),
    )
    organisation = django_filters.ModelChoiceFilter(
        label="Organisation", queryset=Organisation.objects.none(), empty_label="Alla"
    )
    ordning = ordering(("user__name", "namn", "namn"), ("-since", "-sedan", "senast tillkomna"))

    class Meta:
        model = Affiliation
        fields: list[str] = []

    def __init__(self, data: Any, *, collaboration: Collaboration) -> None:
        rows = affiliations_of(collaboration).prefetch_related("user__former_names", "organisation")
        super().__init__(data, queryset=rows.order_by("organisation__name", "user__name"))
        self.filters["organisation"].queryset = bodies_of(collaboration).order_by("name")
