"""The form for bringing in a list: rows pasted or as a file, the wave where that matters, and the list's name."""

import uuid
from functools import cached_property
from typing import Any

from django import forms

from actors.models import Collaboration
from ostberga.lib.form_choices import has_choices, limit_choices
from ostberga.lib.plain_text import plain_text
from surveys.fielding.forms.wave_choice import WaveChoice
from surveys.importing.reading.tables import PAGE_BYTES
from surveys.importing.source_form import SourceForm
from surveys.lists.declared import ListKind
from surveys.models import Wave

PASTED = "inklistrade rader"
LONGEST_NAME = 120
TOO_MUCH_TEXT = "Det är för mycket text på en gång. Dela upp raderna i flera omgångar."


class ListForm(SourceForm):
    """Rows of a list."""

    field_order = ["text", "file", "list_name", "wave", "book", "key"]
    wave = WaveChoice(
        Wave.objects.none(), label="Omgång", empty_label=None, help_text="För rader vars dag inte är i någon omgång."
    )
    list_name = forms.CharField(
        label="Vad heter listan?",
        required=False,
        max_length=LONGEST_NAME,
        help_text="Visas vid varje rad, också för boende: «enligt listan …». Tomt: filens namn.",
    )

    def __init__(self, kind: ListKind, collaboration: Collaboration, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.kind = kind
        limit_choices(self, "wave", Wave.objects.filter(survey__collaboration=collaboration).to_write_in())
        if not kind.needs_wave:
            del self.fields["wave"]
        if kind.endings:
            file = self.fields["file"]
            file.label = f"{file.label}, eller {kind.endings}"
            file.widget.attrs["accept"] += f",{kind.endings}"
        if not kind.shows_source:
            del self.fields["list_name"]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Call the list by its file, when nobody has called it anything else."""
        typed = super().clean()
        if any(len((typed.get(name) or "").encode()) > PAGE_BYTES for name in ("text", "book")):
            self.add_error("file" if typed.get("file") else "text", TOO_MUCH_TEXT)
        if self.kind.shows_source:
            names = (typed.get("list_name"), typed["file"].name if typed.get("file") else "")
            plain = (plain_text(name)[:LONGEST_NAME] for name in names if name)
            typed["list_name"] = next(filter(None, plain), PASTED)
        return typed

    @property
    def can_be_used(self) -> bool:
        """Whether there is a wave to write in, for a kind that needs one."""
        return not self.kind.needs_wave or has_choices(self, "wave")

    @cached_property
    def key_of_act(self) -> uuid.UUID:
        """The key of the page: the one it brought, or a new one."""
        return self.cleaned_data["key"] or uuid.uuid4()
