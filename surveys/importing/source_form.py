"""The form fields of what is imported: rows that are pasted, or a file, read in a child process."""

import json
from typing import Any

from django import forms

from actors.rules.practice import is_made_up
from ostberga.lib.files.isolated import Limits, read_isolated
from surveys.importing.columns.layout import ImportSource
from surveys.importing.reading.delimited import TOO_MANY, has_too_many_cells
from surveys.importing.reading.files import read_file
from surveys.importing.reading.tables import MAX_BYTES, UnreadableFile, tables_from_json

MAX_FILE = 10_000_000  # bytes
LIMITS = Limits(cpu_seconds=20, wall_seconds=60)
TOO_MUCH = (
    "Filen tar för lång tid att läsa, eller blir för stor när den packas upp. "
    "Kopiera raderna till en ny, tom arbetsbok och spara den, eller klistra in raderna i rutan."
)

MADE_UP = (
    "Det här är påhittade svar från en övning, så de tas inte in: de skulle räknas som riktiga. Ta in det som "
    "människor har sagt."
)


class SourceForm(forms.Form):
    """Rows from a spreadsheet, pasted or as a file."""

    text = forms.CharField(
        label="Rader från kalkylbladet",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "wrap": "off"}),
        help_text="Markera i Excel med rubrikraden, kopiera och klistra in här.",
    )
    file = forms.FileField(
        label="Fil: Excel (.xlsx, .xls), OpenDocument (.ods) eller CSV",
        required=False,
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
    )
    book = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, mark in (("text", "eller välj en fil nedanför"), ("file", "i stället för att klistra in")):
            self.fields[name].mark = mark  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Require rows as text or as a file."""
        typed = self.cleaned_data
        if typed.get("file") and (typed.get("text") or "").strip():
            self.add_error("file", "Välj det ena: klistra in rader, eller välj en fil.")
        elif typed.get("file"):
            typed["text"], typed["book"] = self._read(typed["file"])
        if not (typed.get("text") or "").strip() and not typed.get("book") and not self.errors:
            self.add_error("text", "Klistra in rader, eller välj en fil.")
        if len((typed.get("text") or "").encode()) > MAX_BYTES:
            self.add_error("text", "Det är för mycket text på en gång. Dela upp raderna i två omgångar.")
        elif has_too_many_cells(typed.get("text") or ""):
            self.add_error("text", TOO_MANY)
        self._check_book(typed.get("book") or "")
        if any(is_made_up(typed.get(name) or "") for name in ("text", "book")):
            self.add_error("file" if typed.get("file") else "text", MADE_UP)
        return typed

    @property
    def source(self) -> ImportSource:
        """What was pasted or uploaded."""
        return ImportSource(text=self.cleaned_data["text"], book=self.cleaned_data["book"])

    def _check_book(self, book: str) -> None:
        """Check that the sheets came back whole from the page."""
        try:
            if book and not tables_from_json(book):
                raise UnreadableFile("Arbetsboken är tom.")
        except UnreadableFile as problem:
            self.add_error("file", str(problem))

    def _read(self, file: Any) -> tuple[str, str]:
        """Return the text of the file, or the tables of a workbook as JSON."""
        if file.size > MAX_FILE:
            self.add_error("file", "Filen är större än 10 MB. Dela upp den i flera.")
            return "", ""
        try:
            content = read_isolated(
                read_file, file.read(), refusal=UnreadableFile, too_much=TOO_MUCH, limits=LIMITS
            ).decode()
        except UnreadableFile as problem:
            self.add_error("file", str(problem))
            return "", ""
        return ("", content) if content.startswith("[") else (json.loads(content), "")
