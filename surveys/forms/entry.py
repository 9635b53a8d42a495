"""What is chosen before paper forms or rows are written in."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ostberga.lib.choosing import offer, offers_any
from surveys.forms.waves import WaveChoice
from surveys.models import Channel, Survey, Wave
from surveys.pasted import MAX_TEXT, UnreadableFile, text_of_workbook
from surveys.roles import Language

MAX_FILE = 5_000_000  # bytes


class PileForm(forms.Form):
    """Which pile of answers it is."""

    wave = WaveChoice(Wave.objects.none(), label="Omgång", empty_label=None)
    channel = forms.ModelChoiceField(
        Channel.objects.none(), label="Kanal", empty_label=None, help_text="Koden står på bladet."
    )
    language = forms.ChoiceField(
        label="Språk", choices=Language.choices, help_text="Språket svaren är skrivna på.", initial=Language.SWEDISH
    )

    def __init__(self, survey: Survey, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        offer(self, "wave", survey.waves.to_write_in())
        offer(self, "channel", survey.channels.order_by("is_web", "label"))

    @property
    def has_waves(self) -> bool:
        """Whether there is anything to write answers into."""
        return offers_any(self, "wave")

    @property
    def pile(self) -> Mapping[str, Any]:
        """What was chosen."""
        return {name: self.cleaned_data[name] for name in ("wave", "channel", "language")}


class PasteForm(PileForm):
    """Rows from a spreadsheet, pasted or as a file."""

    text = forms.CharField(
        label="Rader från kalkylbladet",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "wrap": "off"}),
        help_text="Markera i Excel med rubrikraden, kopiera och klistra in här.",
    )
    file = forms.FileField(
        label="… eller en Excel-fil (.xlsx)",
        required=False,
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
    )

    def clean(self) -> dict[str, Any]:
        """Rows one way or the other."""
        typed = self.cleaned_data
        if typed.get("file"):
            typed["text"] = self._read(typed["file"])
        elif not (typed.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("text", "Klistra in rader, eller välj en fil.")
        if len(typed.get("text") or "") > MAX_TEXT:
            self.add_error("text", "Det är för mycket text på en gång. Dela upp raderna i två omgångar.")
        return typed

    def _read(self, file: Any) -> str:
        if file.size > MAX_FILE:
            self.add_error("file", "Filen är större än 5 MB. Dela upp den i flera.")
            return ""
        try:
            return text_of_workbook(file)
        except UnreadableFile as problem:
            self.add_error("file", str(problem))
            return ""
