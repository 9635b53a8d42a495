"""Forms about readings of a draft: a reader's comment, and what it led to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ostberga.lib.editing.edit_form import EditModelForm
from ostberga.lib.plain_text import plain_text
from reports.models import ReadingComment
from surveys.redaction.detection import find_identifiers, mask_text


class CommentOutcomeForm(EditModelForm):
    """The outcome of a comment, and its text as the report will show it, masked to begin with."""

    text = forms.CharField(
        label="Synpunkten, så som den ska stå i rapporten",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Det som kan peka ut någon är maskat. Läs igenom och skriv om det som behövs.",
    )

    class Meta:
        model = ReadingComment
        fields = ["text", "outcome"]
        labels = {"outcome": "Vad ändrade ni, eller varför inte?"}
        widgets = {"outcome": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original = self.instance.text
        self.initial["text"] = mask_text(self.original, find_identifiers(self.original))
        self.fields["outcome"].required = True

    def clean_text(self) -> str:
        """Plain text without certain personal data; the original comment if the field was left empty."""
        words = plain_text(self.cleaned_data["text"]) or self.original
        if why := ReadingComment.masking_obstacle(words):
            raise forms.ValidationError(why)
        return words


class ReadingCommentForm(forms.Form):
    """A reader's answer to «Har vi missat något?»"""

    text = forms.CharField(
        label=_("Har vi missat något?"),
        max_length=5000,
        help_text=_("Skriv inte namn eller annat som pekar ut någon. Det du skriver kan komma med i rapporten."),
        # Our own messages: Django has no Somali translation and would fall back to Swedish.
        error_messages={
            "required": _("Skriv vad vi har missat, med några ord."),
            "max_length": _("Det är för långt. Högst %(limit_value)d tecken får plats."),
        },
        widget=forms.Textarea(attrs={"rows": 6}),
    )
