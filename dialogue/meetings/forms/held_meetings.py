"""Forms to register a meeting that was held without writing its minutes here, and to correct its day and place."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from actors.people.forms.people import DateInput
from dialogue.meetings.forms.minutes import PublicTextForm
from dialogue.models import Issue, Meeting, Seat, WorkingGroup
from dialogue.rules.minutes_approval import ApprovalRule, required_approvers
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import limit_choices


def _check_not_ahead(on: dt.date) -> dt.date:
    if on > timezone.localdate():
        raise forms.ValidationError("Skriv in mötet när det har hållits.")
    return on


class HeldMeetingForm(PublicTextForm):
    """A meeting that has been held."""

    public_field = "notes"
    on = DayField(label="Dag", widget=DateInput(), initial=timezone.localdate)
    place = forms.CharField(label="Plats", max_length=120, required=False)
    present = forms.ModelMultipleChoiceField(
        Seat.objects.none(),
        label="Vilka var med?",
        help_text="Platser, inte namn.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kryssa dem som var med."},
    )
    adjusters = forms.ModelMultipleChoiceField(
        Seat.objects.none(),
        label="Vilka justerar?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    issues = forms.ModelMultipleChoiceField(
        Issue.objects.none(),
        label="Sakfrågor",
        help_text="De som togs upp på mötet.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en fråga."},
    )
    notes = forms.CharField(
        label="Vad kom ni fram till?",
        help_text="Inga namn. Skriv också det som inte alla höll med om. Rader går att lägga till sedan.",
        max_length=6000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "Skriv kort vad ni kom fram till."},
    )
    field_order = ("on", "place", "present", "adjusters", "issues", "notes", "looked")

    def __init__(self, group: WorkingGroup, data: Any = None) -> None:
        super().__init__(data, initial={"issues": group.issues.all()})
        self.group = group
        seats = group.seats.select_related("organisation")
        limit_choices(self, "present", seats)
        limit_choices(self, "adjusters", seats)
        limit_choices(self, "issues", group.issues.all())
        chair = "Den som leder mötena, om den platsen var med. Annars två bland dem som var med."
        two = "Två bland dem som var med."
        self.fields["adjusters"].help_text = chair if group.approval == ApprovalRule.CHAIR else two
        if not self.asks_about_words():
            del self.fields["looked"]

    def clean_on(self) -> dt.date:
        """The day cannot be in the future."""
        return _check_not_ahead(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        """Seats that were present must have been held that day, and somebody present must approve."""
        typed = super().clean()
        if typed.get("on") and typed.get("present") is not None:
            not_held = typed["present"].exclude(pk__in=Seat.objects.on(typed["on"]).values("pk"))
            away = [str(seat) for seat in not_held]
            if away:
                self.add_error("present", f"Fanns inte i gruppen den dagen: {', '.join(away)}.")
            elif not self._required_approvers(typed):
                self.add_error("adjusters", "Välj vilka som justerar, bland dem som var med.")
        return typed

    def _required_approvers(self, typed: dict[str, Any]) -> tuple[int, ...]:
        present, adjusters = ({seat.pk for seat in typed.get(name) or ()} for name in ("present", "adjusters"))
        return required_approvers(
            ApprovalRule(self.group.approval), chair=self.group.chair_id, adjusters=adjusters, present=present
        )


class DayAndPlaceForm(EditForm):
    """Corrected day and place of a held meeting."""

    on = DayField(label="Dag", widget=DateInput())
    place = forms.CharField(label="Plats", max_length=120, required=False)

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        super().__init__(data, edits=meeting, initial=lambda: {"on": meeting.on, "place": meeting.place})
        self.meeting = meeting

    def clean_on(self) -> dt.date:
        """The day cannot be in the future, and the seats present must have been held then."""
        on = _check_not_ahead(self.cleaned_data["on"])
        away = self.meeting.present.exclude(pk__in=Seat.objects.on(on).values("pk")).select_related("organisation")
        if away:
            raise forms.ValidationError(f"Fanns inte i gruppen den dagen: {', '.join(map(str, away))}.")
        return on
