"""Forms of those who run an activity: news, a pause, an end."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dialogue.activities import pictures
from dialogue.meetings.handing_over import find_privacy_flag
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


class AsksAboutNames(forms.BaseForm):
    """Asks once more about a text that may point somebody out, since it is shown to all and is not changed afterwards.

    Sent again as it stands it is taken: whether a word is a name is for a person to say.
    """

    WARNED = "warned"

    def ask_about(self, typed: Mapping[str, Any], *names: str) -> None:
        """Add an error to each of the texts in which something is found, unless the page has shown it before."""
        flags = {name: find_privacy_flag(typed.get(name) or "") for name in names}
        tokens = {flag.token for flag in flags.values() if flag}
        if tokens <= set(str(self.data.get(self.add_prefix(self.WARNED)) or "").split()):
            return
        for name, flag in flags.items():
            if flag:
                told = "Det här kan peka ut någon: {}. Ta bort det, eller skicka igen om det ska stå så."
                self.add_error(name, told.format(", ".join(flag.words)))
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix(self.WARNED)] = " ".join(sorted(tokens))  # type: ignore[index]


def _warned() -> forms.CharField:
    return forms.CharField(required=False, widget=forms.HiddenInput({"id": False}))


class ActivityNewsForm(AsksAboutNames, forms.Form):
    """News about an activity, with or without a picture."""

    warned = _warned()

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
        """A picture and its text need each other. A picture that was sent is chosen again: no browser keeps it."""
        typed = super().clean() or self.cleaned_data
        picture, words = typed.get("bild"), typed.get("bildtext")
        if picture and not words and "bildtext" not in self.errors:
            self.add_error("bildtext", "Skriv vad bilden visar.")
        if words and not picture and "bild" not in self.errors:
            self.add_error("bild", "Välj bilden, eller ta bort orden om vad den visar.")
        self.ask_about(typed, "text", "bildtext")
        if picture and self.errors:
            self.add_error("bild", "Välj bilden igen. Den följer inte med när något ska rättas.")
        return typed


class ActivityPauseForm(AsksAboutNames, forms.Form):
    """The reason for a pause."""

    warned = _warned()

    why = forms.CharField(
        label="Varför pausar ni?",
        help_text="Visas för alla.",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Skriv varför aktiviteten pausar."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="pausa-%s")

    def clean(self) -> dict[str, Any]:
        """Ask about names."""
        typed = super().clean() or self.cleaned_data
        self.ask_about(typed, "why")
        return typed


class ActivityEndForm(AsksAboutNames, TextsForm):
    """How an activity ended and what came of it."""

    warned = _warned()

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
        self.ask_about(typed, *(name for name in self.fields if name.startswith("outcome")))
        return typed
