"""The forms for following issues by e-mail: asking for it, and how much one wants to hear."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Issue, Wish
from ostberga.lib.translations.languages import NATIVE_NAMES

_CHOOSE = _("Välj i listan.")


class FollowForm(forms.Form):
    """An address, at least one issue that is public, and how much to hear."""

    epost = forms.EmailField(
        max_length=254,
        # All of them ours: Django has no Somali, and would answer in Swedish.
        error_messages={
            "required": _("Skriv din e-postadress."),
            "max_length": _("Adressen är för lång. Kontrollera att du skrev den rätt."),
            "invalid": _("Det ser inte ut som en e-postadress. Den ska ha ett @ och en punkt, som namn@example.se."),
        },
    )
    fraga = forms.ModelMultipleChoiceField(
        Issue.objects.public(),
        error_messages={
            "required": _("Välj minst en fråga."),
            "invalid_choice": _("En av frågorna finns inte längre. Välj igen."),
            "invalid_pk_value": _("En av frågorna finns inte längre. Välj igen."),
        },
    )
    vill = forms.ChoiceField(choices=Wish.choices, required=False, error_messages={"invalid_choice": _CHOOSE})

    def clean_vill(self) -> str:
        """Who says nothing wants to hear everything."""
        return self.cleaned_data["vill"] or Wish.EVERY


class WishForm(forms.Form):
    """What she who has the link wants from now on."""

    vill = forms.ChoiceField(
        label=_("Jag vill höra"),
        choices=Wish.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    sprak = forms.ChoiceField(
        label=_("Breven skrivs på"),
        choices=list(NATIVE_NAMES.items()),
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
