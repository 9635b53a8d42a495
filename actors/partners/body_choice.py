"""A choice among organisations, with the municipality of those that many municipalities have by the same name."""

from typing import Any

from django import forms
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from actors.models import Collaboration, Organisation

# A police region or an association is not one municipality's.
MUNICIPAL = (Organisation.Kind.COMMITTEE_ADMIN, Organisation.Kind.MUNICIPAL_COMPANY)


class BodyChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the organisations that a collaboration may choose."""

    def __init__(self, **kwargs: Any) -> None:
        named: dict[str, Any] = {"label": "Organisation", "empty_label": "Välj organisation"}
        super().__init__(Organisation.objects.none(), **named | kwargs)

    def label_from_instance(self, obj: Organisation) -> str:
        """The name, and the municipalities where it is a partner, if it is a municipality's own."""
        where = getattr(obj, "municipalities", None) or []
        return f"{obj} ({', '.join(where)})" if where and obj.kind in MUNICIPAL else str(obj)


def choosable_by(collaboration: Collaboration) -> QuerySet[Organisation]:
    """Those a collaboration may choose, with the municipalities of the public ones where they are partners."""
    place = "partnerships__collaboration"
    here = {f"{place}__awaits_controller": False, "partnerships__left_on": None}
    public = Q(**here) & ~Q(**{f"{place}__municipality": ""})
    where = ArrayAgg(f"{place}__municipality", filter=public, distinct=True, default=[])
    return Organisation.objects.offered_to(collaboration).annotate(municipalities=where)
