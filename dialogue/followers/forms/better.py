"""What one who follows an issue answers when asked whether it got better."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Better
from ostberga.lib.plain_text import plain_text

_CHOOSE = _("Välj ett av svaren.")


class BetterForm(forms.Form):
    """One of four, and a word if she wishes."""

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
        """Without signs that nobody sees."""
        return plain_text(self.cleaned_data["ord"])
