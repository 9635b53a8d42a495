"""The form for a public reason: for withdrawing a request or leaving a commitment."""

from typing import Any

from django import forms

from ostberga.lib.plain_text import plain_text


class ReasonForm(forms.Form):
    """A short public reason."""

    reason = forms.CharField(
        help_text="Visas för alla. Skriv inga namn.",
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Skriv varför. Det visas för boende."},
    )

    def __init__(self, data: Any = None, *, label: str) -> None:
        super().__init__(data, auto_id="skal-%s")
        self.fields["reason"].label = label

    def clean_reason(self) -> str:
        """Plain words."""
        return plain_text(self.cleaned_data["reason"])
