"""The form for answering «Har det blivit bättre?»."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Better
from ostberga.lib.plain_text import plain_text

_CHOOSE = _("Välj ett av svaren.")


class BetterForm(forms.Form):
    """One of four answers, and an optional comment."""

    svar = forms.ChoiceField(
        label=_("Har det blivit bättre?"),
        choices=Better.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    ord = forms.CharField(
        label=_("Vill du säga något mer?"),
        help_text=_("Skriv inga namn eller adresser. Bara samordnaren läser det."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("Skriv högst 500 tecken.")},
    )

    def clean_ord(self) -> str:
        """The comment without invisible characters."""
        return plain_text(self.cleaned_data["ord"])
