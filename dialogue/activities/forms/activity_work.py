"""Forms of those who run an activity: news, a pause, an end."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dialogue.activities import pictures
from dialogue.models import Activity
from dialogue.rules.activities import ENDS, ActivityState, may_become
from ostberga.lib.files.isolated import read_isolated
from ostberga.lib.form_choices import set_choices
from ostberga.lib.plain_text import plain_text
from ostberga.lib.translations.texts_form import TextField, TextsForm

END_LABELS = {
    ActivityState.DONE: "Klar: det blev gjort",
    ActivityState.NO_EFFECT: "Avslutad utan effekt: vi vet mer nu",
    ActivityState.CANCELLED: "Avbruten: det blev inte av",
    ActivityState.HANDED_OVER: "Övergått i ordinarie verksamhet",
}


class ActivityNewsForm(forms.Form):
    """News about an activity, with or without a picture."""

    text = forms.CharField(
        label="Vad har hänt?",
        help_text="Visas för alla. Skriv inga namn.",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Skriv vad som har hänt."},
    )
    bild = forms.FileField(
        label="Bild",
        help_text="JPEG, PNG eller WebP, högst 8 MB. Uppgifter om plats och kamera tas bort. Visa inga ansikten.",
        required=False,
        widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": "Filen är tom. Välj en annan bild.", "invalid": "Välj en bild."},
    )
    bildtext = forms.CharField(
        label="Vad visar bilden?", help_text="För den som inte ser den.", max_length=240, required=False
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="beratta-%s")
        self.fields["bildtext"].mark = "behövs om du lägger till en bild"  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Plain words."""
        return plain_text(self.cleaned_data["text"])

    def clean_bild(self) -> bytes:
        """The picture, cleaned for showing; empty if there is none."""
        sent: UploadedFile | None = self.cleaned_data["bild"]
        if not sent:
            return b""
        if (sent.size or 0) > pictures.MAX_BYTES:
            raise forms.ValidationError("Bilden är för stor. Den får vara högst 8 MB.")
        try:
            return read_isolated(
                pictures.clean_picture,
                sent.read(),
                refusal=pictures.UnusablePicture,
                too_much="Bilden är för stor eller tar för lång tid att läsa. Gör den mindre och försök igen.",
            )
        except pictures.UnusablePicture as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any]:
        """A picture needs a text alternative."""
        typed = super().clean() or self.cleaned_data
        if typed.get("bild") and not typed.get("bildtext"):
            self.add_error("bildtext", "Skriv vad bilden visar, och välj bilden igen.")
        return typed


class ActivityPauseForm(forms.Form):
    """The reason for a pause."""

    why = forms.CharField(
        label="Varför pausar ni?",
        help_text="Visas för alla.",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Skriv varför aktiviteten pausar."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="pausa-%s")


class ActivityEndForm(TextsForm):
    """How an activity ended and what came of it."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "outcome": TextField(
            "Hur gick det?",
            "Vad blev det, och vad lärde ni er? Visas för alla.",
            rows=4,
            max_length=2000,
        ),
    }
    state = forms.TypedChoiceField(
        label="Så slutade den",
        coerce=ActivityState,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur den slutade.", "invalid_choice": "Välj hur den slutade."},
    )
    carried_on_by = forms.CharField(
        label="Vem tar över?",
        help_text="Den ordinarie verksamhet som sköter det från nu.",
        max_length=160,
        required=False,
    )

    def __init__(self, activity: Activity, data: Any = None) -> None:
        super().__init__(data, auto_id="avsluta-%s")
        self.fields["carried_on_by"].mark = "om den övergått i ordinarie verksamhet"  # type: ignore[attr-defined]
        ends = [end for end in ENDS if may_become(activity.state, end)]
        set_choices(self, "state", [(end, END_LABELS[end]) for end in ends])

    def clean(self) -> dict[str, Any]:
        """An activity that is handed over needs the name of whoever takes over."""
        typed = super().clean() or self.cleaned_data
        if typed.get("state") == ActivityState.HANDED_OVER and not typed.get("carried_on_by"):
            self.add_error("carried_on_by", "Skriv vilken ordinarie verksamhet som tar över.")
        return typed
