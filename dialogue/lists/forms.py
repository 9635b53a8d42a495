"""The form with which a body says whether what a list says of it is right."""

from typing import Any

from django import forms

from dialogue.models.listed.listed_claim import ListedClaim
from dialogue.rules.listed import ListedReply
from ostberga.lib.plain_text import plain_text

CHOICES = [(ListedReply.CONFIRMED, "Ja, det stämmer"), (ListedReply.CONTESTED, "Nej, det stämmer inte")]


class ListedReplyForm(forms.Form):
    """Yes, or no with words."""

    reply = forms.TypedChoiceField(
        label="Stämmer det?",
        choices=CHOICES,
        coerce=ListedReply,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ja eller nej.", "invalid_choice": "Välj ja eller nej."},
    )
    words = forms.CharField(
        label="Vad är fel?",
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
        help_text="När det inte stämmer. Visas för boende. Skriv inga namn.",
    )

    def __init__(self, claim: ListedClaim, data: Any = None) -> None:
        super().__init__(data, initial={"reply": claim.reply, "words": claim.reply_words})
        self.fields["words"].mark = "behövs vid nej"  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        """Plain words."""
        return plain_text(self.cleaned_data["words"])

    def clean(self) -> dict[str, Any]:
        """Require words with a no."""
        typed = self.cleaned_data
        if typed.get("reply") == ListedReply.CONTESTED and not typed.get("words") and "words" not in self.errors:
            self.add_error("words", "Skriv vad som är fel. Det visas för boende.")
        return typed
