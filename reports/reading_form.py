"""The one question a reader of a draft is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CommentForm(forms.Form):
    """«Har vi missat något?»"""

    text = forms.CharField(
        label=_("Har vi missat något?"),
        max_length=5000,
        help_text=_("Skriv inte namn eller annat som pekar ut någon. Det du skriver kan komma med i rapporten."),
        # Both of them ours: Django has no Somali, and would answer in Swedish.
        error_messages={
            "required": _("Skriv vad vi har missat, med några ord."),
            "max_length": _("Det är för långt. Högst %(limit_value)d tecken får plats."),
        },
        widget=forms.Textarea(attrs={"rows": 6}),
    )
