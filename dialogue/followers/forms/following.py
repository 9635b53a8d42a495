"""Forms for following issues by e-mail, and for changing one's wishes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Issue, Wish
from ostberga.lib.email_field import PastedEmailField
from ostberga.lib.translations.languages import NATIVE_NAMES

_CHOOSE = _("Välj i listan.")


class FollowForm(forms.Form):
    """An address, at least one public issue, and how much to hear."""

    epost = PastedEmailField()
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
        """The wish; everything when none is chosen."""
        return self.cleaned_data["vill"] or Wish.EVERY


class WishForm(forms.Form):
    """Changed wishes of a follower: how much to hear, and in which language."""

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
