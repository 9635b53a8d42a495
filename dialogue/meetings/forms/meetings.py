"""Forms to plan, move and cancel a meeting and to write its agenda."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from actors.people.forms.people import DateInput
from dialogue.meetings.agenda import AgendaSuggestion, Point, suggest_points
from dialogue.models import Meeting, WorkingGroup
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import set_choices
from ostberga.lib.plain_text import plain_text

# Suggested time from planning to meeting, so that people can arrange to come.
AHEAD = dt.timedelta(days=14)
POINT_LENGTH = 240


class TimeInput(forms.TimeInput):
    """A time of day, with the browser's own time picker."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MeetingTimeForm(EditForm):
    """Day, times and place of a meeting."""

    on = DayField(label="Dag", widget=DateInput())
    starts_at = forms.TimeField(label="Börjar", widget=TimeInput())
    ends_at = forms.TimeField(label="Slutar", widget=TimeInput())
    place = forms.CharField(label="Plats", max_length=120, help_text="Adress och rum, så att alla hittar.")

    def __init__(self, data: Any = None, *, meeting: Meeting | None = None, **more: Any) -> None:
        names = ("on", "starts_at", "ends_at", "place")
        given = more.pop("initial", {})
        super().__init__(
            data,
            edits=meeting,
            initial=lambda: {**{name: getattr(meeting, name) for name in names if meeting}, **given},
            **more,
        )

    def clean_on(self) -> dt.date:
        """The day cannot be in the past."""
        on: dt.date = self.cleaned_data["on"]
        if on < timezone.localdate():
            raise forms.ValidationError("Välj en dag som inte har varit.")
        return on

    def clean(self) -> dict[str, Any]:
        """The meeting must end after it begins."""
        typed = super().clean() or self.cleaned_data
        if typed.get("starts_at") and typed.get("ends_at") and typed["ends_at"] <= typed["starts_at"]:
            self.add_error("ends_at", "Mötet kan inte sluta innan det har börjat.")
        return typed


class PlanMeetingForm(MeetingTimeForm):
    """A new meeting with suggested points, all ticked at first, and points typed by the user."""

    points = forms.MultipleChoiceField(required=False)
    own = forms.CharField(
        label="Egna punkter",
        required=False,
        max_length=4000,
        help_text="En punkt per rad. Inga namn.",
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, group: WorkingGroup, data: Any = None) -> None:
        day = timezone.localdate() + AHEAD
        self.suggestions = suggest_points(group, day)
        words = [(suggestion.key, suggestion.point.text) for suggestion in self.suggestions]
        super().__init__(data, initial={"on": day, "points": [key for key, _ in words]})
        set_choices(self, "points", words)

    def clean_own(self) -> list[Point]:
        """One point for each line."""
        return points_from_lines(self.cleaned_data["own"])

    @property
    def agenda(self) -> list[Point]:
        """The chosen suggestions in their order, then the typed points."""
        chosen = set(self.cleaned_data["points"])
        suggested = [suggestion.point for suggestion in self.suggestions if suggestion.key in chosen]
        return [*suggested, *self.cleaned_data["own"]]

    @property
    def ticked(self) -> list[tuple[AgendaSuggestion, bool]]:
        """Each suggestion, with whether its box is ticked."""
        ticked = set(self["points"].value() or [])
        return [(suggestion, suggestion.key in ticked) for suggestion in self.suggestions]


class PointForm(forms.Form):
    """One more point of the agenda."""

    text = forms.CharField(label="Ny punkt", max_length=POINT_LENGTH, help_text="Inga namn.")

    def clean_text(self) -> str:
        """The text as plain text."""
        return plain_text(self.cleaned_data["text"])


class CancelMeetingForm(forms.Form):
    """The reason for cancelling a meeting."""

    reason = forms.CharField(
        label="Varför?", max_length=240, help_text="Skälet står i brevet till alla i gruppen. Inga namn."
    )


def points_from_lines(text: str) -> list[Point]:
    """One point for each non-empty line. Raises ValidationError if a line is too long."""
    lines = [line.strip() for line in plain_text(text).split("\n") if line.strip()]
    if any(len(line) > POINT_LENGTH for line in lines):
        raise forms.ValidationError(f"En punkt får ha högst {POINT_LENGTH} tecken. Dela upp den.")
    return [Point(line) for line in lines]
