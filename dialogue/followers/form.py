"""The form for following issues by e-mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import Issue


class FollowForm(forms.Form):
    """An address and at least one issue that is public."""

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
