"""The form for a body's reply to a request for a commitment: yes, yes but, or no."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from dialogue.rules.activities import Reply
from ostberga.lib.form_choices import set_choices
from ostberga.lib.plain_text import plain_text

MONTHS = 18
REPLIES = [
    (Reply.ACCEPTED, "Ja, det gör vi"),
    (Reply.COUNTERED, "Ja, men på ett annat sätt eller en annan tid"),
    (Reply.DECLINED, "Nej, det kan vi inte"),
]


class CommitmentReplyForm(forms.Form):
    """A reply. Without an account the person states her function; a name is never asked for."""

    svar = forms.TypedChoiceField(
        label="Vad svarar ni?",
        coerce=Reply,
        choices=REPLIES,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad ni svarar.", "invalid_choice": "Välj vad ni svarar."},
    )
    ord = forms.CharField(
        label="Vad kan ni i stället, eller varför inte?",
        help_text="Tar samordnaren emot ert «ja, men» visas det för alla. Skriv inga namn eller telefonnummer.",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    fran = forms.TypedChoiceField(label="Hellre från", coerce=dt.date.fromisoformat, empty_value=None, required=False)
    funktion = forms.CharField(
        label="Din funktion",
        help_text="Till exempel verksamhetschef eller ordförande. Skriv inte ditt namn.",
        max_length=120,
        error_messages={"required": "Skriv din funktion, så att samordnaren vet vem som svarat."},
    )

    def __init__(self, data: Any = None, *, has_account: bool) -> None:
        super().__init__(data)
        self.fields["ord"].mark = "behövs vid «ja, men» och «nej»"  # type: ignore[attr-defined]
        set_choices(self, "fran", [("", "Samma tid"), *_months()])
        if has_account:
            del self.fields["funktion"]

    def clean(self) -> dict[str, Any]:
        """A counter-offer and a no need a text."""
        typed = super().clean() or self.cleaned_data
        reply = typed.get("svar")
        typed["ord"] = plain_text(typed.get("ord") or "")
        if reply == Reply.COUNTERED and not typed["ord"]:
            self.add_error("ord", "Skriv vad ni kan i stället, till exempel «Ja, men i maj».")
        if reply == Reply.DECLINED and not typed["ord"]:
            self.add_error("ord", "Skriv varför, så att samordnaren kan tänka om.")
        return typed


def _months() -> Iterator[tuple[str, str]]:
    """The first day of each of the coming MONTHS months, as option value and label."""
    today = timezone.localdate()
    for ahead in range(1, MONTHS + 1):
        years, month = divmod(today.month - 1 + ahead, 12)
        first = dt.date(today.year + years, month + 1, 1)
        yield first.isoformat(), date_format(first, "F Y")
