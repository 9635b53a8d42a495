"""The form for disposing of letters by decision."""

from typing import Any

from django import forms
from django.utils import timezone

from ostberga.lib.fields.day_field import DayField


class DisposalForm(forms.Form):
    """Which letters, and by which decision."""

    before = DayField(
        label="Brev skrivna före",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Välj en dag som har varit.", "invalid": "Välj en dag som har varit."},
    )
    decision_number = forms.CharField(
        label="Gallringsbeslutets nummer",
        max_length=80,
        help_text="Diarienummer eller paragraf, till exempel 1.2-345/2026 eller § 14.",
        error_messages={"required": "Brev gallras bara efter beslut. Skriv beslutets nummer."},
    )

    def clean_before(self) -> Any:
        """A day not later than today."""
        before = self.cleaned_data["before"]
        if before > timezone.localdate():
            raise forms.ValidationError("Välj en dag som har varit.")
        return before
