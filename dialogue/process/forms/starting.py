"""Forms for starting a dialogue, and for what it requires of its issues."""

from django import forms

from dialogue.models import Dialogue, Seat
from dialogue.staircase.forms.exceptions import ExceptionsWithReasonForm
from ostberga.lib.editing.edit_form import EditModelForm
from surveys.rules.roles import KNOWN_ROLES


class DialogueStartForm(ExceptionsWithReasonForm):
    """Whether a dialogue begins although something is missing, and why."""

    reason_mark = "behövs om ni börjar ändå"
    despite_error = "Något saknas. Ordna det först, eller kryssa här och skriv varför."
    despite = forms.BooleanField(label="Börja ändå, fast något saknas", required=False)
    reason = forms.CharField(
        label="Varför ändå?",
        help_text="Visas på dialogens sida tillsammans med det som saknades.",
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
    )


class ThresholdsForm(EditModelForm):
    """What a dialogue requires of its issues before they move to the next step, and its time limits."""

    gate_seats = forms.MultipleChoiceField(
        label="Så här ska en arbetsgrupp vara sammansatt",
        help_text="Var och en av dem ska ha en plats innan en fråga lämnar arbetsgrupperna.",
        choices=Seat.Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Dialogue
        fields = ("gate_roles", "gate_resident", "gate_readers", "gate_seats", "silent_days", "follow_months")
        labels = {
            "gate_roles": "Så många roller ska minst ha hörts",
            "gate_resident": "Boende ska vara en av dem",
            "gate_readers": "Berörda parter ska ha bekräftat att de läst rapporten",
            "silent_days": "Så många dagar får en aktivitet vara tyst",
            "follow_months": "Så många månader efter svaret minns vi vem som följer en fråga",
        }
        help_texts = {
            "gate_roles": "Boende, förtroendevalda, tjänstepersoner, näringsliv och föreningar: högst fem.",
            "gate_resident": "",
            "gate_readers": "",
            "silent_days": "Därefter frågar vi den som ansvarar hur det går.",
            "follow_months": "Därefter glömmer vi e-postadressen. Högst 60.",
        }

    def clean_gate_roles(self) -> int:
        """At least one role, and no more than there are."""
        asked: int = self.cleaned_data["gate_roles"]
        if not 1 <= asked <= len(KNOWN_ROLES):
            raise forms.ValidationError(f"Skriv ett tal mellan 1 och {len(KNOWN_ROLES)}.")
        return asked

    def clean_follow_months(self) -> int:
        """From one month to five years."""
        months: int = self.cleaned_data["follow_months"]
        if not 1 <= months <= 60:
            raise forms.ValidationError("Skriv ett tal mellan 1 och 60.")
        return months

    def clean_silent_days(self) -> int:
        """At least a week."""
        days: int = self.cleaned_data["silent_days"]
        if days < 7:
            raise forms.ValidationError("Skriv minst 7 dagar.")
        return days
