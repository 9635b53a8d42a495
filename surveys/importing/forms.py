"""The form for importing answers from a spreadsheet."""

from typing import Any

from django import forms

from ostberga.lib.files.isolated import read_isolated
from surveys.collecting.forms.batches import BatchForm
from surveys.importing.spreadsheets import MAX_TEXT, UnreadableFile, workbook_text

MAX_FILE = 5_000_000  # bytes
TOO_MUCH = (
    "Filen tar för lång tid att läsa, eller blir för stor när den packas upp. "
    "Kopiera raderna till en ny, tom arbetsbok och spara den, eller klistra in raderna i rutan."
)


class ImportForm(BatchForm):
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
        """Require rows as text or as a file."""
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
            return read_isolated(workbook_text, file.read(), refusal=UnreadableFile, too_much=TOO_MUCH).decode()
        except UnreadableFile as problem:
            self.add_error("file", str(problem))
            return ""
