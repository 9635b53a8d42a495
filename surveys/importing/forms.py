"""The form for importing answers from a spreadsheet."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone

from ostberga.lib.fields.day_field import DayField
from surveys.collecting.forms.batches import BatchForm
from surveys.importing.columns.layout import Layout
from surveys.importing.reading.tables import AT_ONCE, PAGE_BYTES, tables_from_json
from surveys.importing.rows import Batch
from surveys.importing.source_form import SourceForm
from surveys.importing.storing import StatementsBehind
from surveys.importing.taking_back import places_of
from surveys.models import AnswerImport, Channel, Survey, Wave

_ABOVE = 50  # rows above the headings that do not make a file large


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


class PeopleForm(forms.Form):
    """How many people the statements of a file come from."""

    people = forms.IntegerField(
        label="Hur många människor kommer utsagorna från?",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="De räknas som hörda. Vet ni inte, lämna tomt: då räknas ingen.",
    )


class ImportForm(BatchForm, SourceForm, PeopleForm):
    """Rows from a spreadsheet, pasted or as a file, and what holds for rows that say nothing else."""

    field_order = ["text", "file", "wave", "channel", "language", "day", "people", "book", "key"]

    day = DayField(
        label="Dag",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="När svaren lämnades, om raden inte säger det. Bara veckan sparas.",
    )

    def __init__(self, survey: Survey, data: Any = None, files: Any = None) -> None:
        web = survey.channels.filter(is_web=True).first()
        super().__init__(survey, data, files, initial={"day": timezone.localdate(), "channel": web})
        self.order_fields(self.field_order)
        self.fields["wave"].help_text = "För rader utan datum, och för datum som inte är i någon omgång."
        self.fields["channel"].help_text = "För rader utan plats."
        self.fields["language"].help_text = "För rader utan språk."

    def clean_day(self) -> dt.date:
        """Check that the day is not in the future."""
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError("Dagen har inte kommit än.")
        return day

    @property
    def is_large(self) -> bool:
        """Whether it is more than a page can judge at once, or send back."""
        text, book = self.cleaned_data["text"] or "", self.cleaned_data["book"] or ""
        if len(text.encode()) + len(book.encode()) > PAGE_BYTES:
            return True
        rows = max((len(table.rows) for table in tables_from_json(book)), default=0) if book else text.count("\n")
        return rows > AT_ONCE + _ABOVE

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
