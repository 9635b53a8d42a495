"""The filter of the security log."""

from typing import Any

from django import forms

from actors.models import SecurityEvent, User
from actors.models.security_event import SecurityEventQuerySet
from ostberga.lib.fields.day_field import DayField


class LogFilterForm(forms.Form):
    """Person, kind of event and first and last day, all optional and all in the address."""

    person = forms.ModelChoiceField(label="Vem", queryset=User.objects.none(), required=False, empty_label="Alla")
    kind = forms.ChoiceField(label="Vad", choices=[("", "Allt"), *SecurityEvent.Kind.choices], required=False)
    first = DayField(label="Från", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = DayField(label="Till och med", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, events: SecurityEventQuerySet) -> None:
        super().__init__(data)
        self.events = events
        people = User.objects.filter(pk__in=events.order_by().values("who")).order_by("name", "email")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        typed: dict[str, Any] = super().clean() or {}
        first, last = typed.get("first"), typed.get("last")
        if first and last and last < first:
            self.add_error("last", "Sista dagen kan inte ligga före den första.")
        return typed

    def chosen(self) -> SecurityEventQuerySet:
        """Return the events that are asked for; of a filter that is not valid the valid parts count."""
        self.is_valid()
        typed = self.cleaned_data
        if self.has_error("last") and typed.get("first"):
            return self.events.none()
        wanted = {"who": typed.get("person"), "kind": typed.get("kind")}
        wanted |= {"at__date__gte": typed.get("first"), "at__date__lte": typed.get("last")}
        return self.events.filter(**{field: value for field, value in wanted.items() if value})
