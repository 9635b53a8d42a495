"""Forms about a question that goes to another body: handing it over, and the yes or no of the one that gets it."""

from typing import Any

from django import forms

from actors.models import Organisation
from dialogue.decisions.passing_on import receivers_for
from dialogue.models import PartDecision
from ostberga.lib.form_choices import limit_choices
from ostberga.lib.plain_text import plain_text

YES, NO = "ja", "nej"
SHOWN = "Visas för boende. Skriv inga namn."


class HandToBodyForm(forms.Form):
    """To which body, and why."""

    to = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Vems fråga är det?",
        empty_label="Välj",
        help_text="Parter i samverkan med en registrator som kan svara.",
        error_messages={"required": "Välj vems fråga det är."},
    )
    reason = forms.CharField(
        label="Varför?",
        help_text=SHOWN,
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Skriv varför. Det visas för boende."},
    )

    def __init__(self, data: Any = None, *, part: PartDecision) -> None:
        super().__init__(data)
        bodies = [body.pk for body in receivers_for(part)]
        self.has_anyone = bool(bodies)
        limit_choices(self, "to", Organisation.objects.filter(pk__in=bodies).order_by("name"))

    def clean_reason(self) -> str:
        """Plain words."""
        reason = plain_text(self.cleaned_data["reason"])
        if not reason:
            raise forms.ValidationError("Skriv varför. Det visas för boende.")
        return reason


class LinkAnswerForm(forms.Form):
    """Yes by one button; no by another, with a reason that is public."""

    svar = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], widget=forms.HiddenInput)
    skal = forms.CharField(
        required=False,
        max_length=240,
        help_text=SHOWN,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, data: Any = None, *, why: str) -> None:
        super().__init__(data)
        self.fields["skal"].label = why
        self.fields["skal"].mark = "behövs vid nej"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A no needs its reason."""
        typed = super().clean() or self.cleaned_data
        typed["skal"] = plain_text(typed.get("skal") or "")
        if typed.get("svar") == NO and not typed["skal"] and "skal" not in self.errors:
            self.add_error("skal", "Skriv varför. Det visas för boende.")
        return typed

    @property
    def is_yes(self) -> bool:
        """Whether the answer is yes. Only of a valid form."""
        return bool(self.cleaned_data["svar"] == YES)
