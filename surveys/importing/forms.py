"""The form for importing answers from a spreadsheet."""

import datetime as dt
import json
import uuid
from typing import Any

from django import forms
from django.utils import timezone

from ostberga.lib.fields.day_field import DayField
from ostberga.lib.files.isolated import read_isolated
from surveys.collecting.forms.batches import BatchForm
from surveys.importing.layout import ImportSource, Layout
from surveys.importing.reading.files import read_file
from surveys.importing.reading.tables import MAX_BYTES, UnreadableFile, tables_from_json
from surveys.importing.rows import Batch
from surveys.importing.storing import StatementsBehind
from surveys.importing.taking_back import places_of
from surveys.models import AnswerImport, Channel, Survey, Wave

MAX_FILE = 5_000_000  # bytes
TOO_MUCH = (
    "Filen tar för lång tid att läsa, eller blir för stor när den packas upp. "
    "Kopiera raderna till en ny, tom arbetsbok och spara den, eller klistra in raderna i rutan."
)


class TakeBackForm(forms.Form):
    """How many of the responses that go came from each place, for an import that was stored without places."""

    def __init__(self, answer_import: AnswerImport, data: Any = None) -> None:
        super().__init__(data)
        self.places = places_of(answer_import) if answer_import.is_blank and answer_import.are_people else []
        several = len({wave.pk for wave, _ in self.places}) > 1
        for wave, channel in self.places:
            label = f"{channel}, {wave}" if several else str(channel)
            self.fields[_place_name(wave, channel)] = forms.IntegerField(label=label, required=False, min_value=0)

    @property
    def numbers(self) -> dict[tuple[Wave, Channel], int]:
        """The numbers that were filled in."""
        typed = {place: self.cleaned_data.get(_place_name(*place)) for place in self.places}
        return {place: number for place, number in typed.items() if number}


def _place_name(wave: Wave, channel: Channel) -> str:
    return f"place-{wave.pk}-{channel.pk}"


class ImportForm(BatchForm):
    """Rows from a spreadsheet, pasted or as a file, and what holds for rows that say nothing else."""

    field_order = ["text", "file", "wave", "channel", "language", "day", "people", "book", "key"]

    day = DayField(
        label="Dag",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="När svaren lämnades, om raden inte säger det. Bara veckan sparas.",
    )
    text = forms.CharField(
        label="Rader från kalkylbladet",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "wrap": "off"}),
        help_text="Markera i Excel med rubrikraden, kopiera och klistra in här.",
    )
    file = forms.FileField(
        label="… eller en fil: Excel (.xlsx, .xls), OpenDocument (.ods) eller CSV",
        required=False,
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
    )
    people = forms.IntegerField(
        label="Hur många människor kommer utsagorna från?",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="De räknas som hörda. Vet ni inte, lämna tomt: då räknas ingen.",
    )
    book = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, survey: Survey, data: Any = None, files: Any = None) -> None:
        super().__init__(survey, data, files, initial={"day": timezone.localdate()})
        self.order_fields(self.field_order)
        for name in ("text", "file"):
            self.fields[name].mark = "en av dem"  # type: ignore[attr-defined]
        self.fields["wave"].help_text = "För rader utan datum, och för datum som inte är i någon omgång."
        self.fields["channel"].help_text = "För rader utan plats."
        self.fields["language"].help_text = "För rader utan språk."

    def clean_day(self) -> dt.date:
        """Check that the day is not in the future."""
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError("Dagen har inte kommit än.")
        return day

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
        self._check_book(typed.get("book") or "")
        return typed

    @property
    def source(self) -> ImportSource:
        """What was pasted or uploaded."""
        return ImportSource(text=self.cleaned_data["text"], book=self.cleaned_data["book"])

    @property
    def key_of_act(self) -> uuid.UUID:
        """The key of the page: the one it brought, or a new one."""
        return self.cleaned_data["key"] or uuid.uuid4()

    @property
    def defaults(self) -> Batch:
        """What holds for the rows that say nothing else."""
        return Batch(**{name: self.cleaned_data[name] for name in ("wave", "channel", "language", "day")})

    def behind(self, layout: Layout) -> StatementsBehind | None:
        """Whose statements the rows are; None when each row is a person."""
        if layout.are_people:
            return None
        return StatementsBehind(self.cleaned_data["people"] or 0, self.cleaned_data["wave"])

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
            self.add_error("file", "Filen är större än 5 MB. Dela upp den i flera.")
            return "", ""
        try:
            content = read_isolated(read_file, file.read(), refusal=UnreadableFile, too_much=TOO_MUCH).decode()
        except UnreadableFile as problem:
            self.add_error("file", str(problem))
            return "", ""
        return ("", content) if content.startswith("[") else (json.loads(content), "")
