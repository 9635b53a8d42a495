"""The form for bringing in a list: rows pasted or as a file, and the wave where that matters."""

import uuid
from functools import cached_property
from typing import Any

from actors.models import Collaboration
from ostberga.lib.form_choices import has_choices, limit_choices
from surveys.fielding.forms.wave_choice import WaveChoice
from surveys.importing.source_form import SourceForm
from surveys.lists.declared import ListKind
from surveys.models import Wave


class ListForm(SourceForm):
    """Rows of a list."""

    field_order = ["text", "file", "wave", "book", "key"]
    wave = WaveChoice(
        Wave.objects.none(), label="Omgång", empty_label=None, help_text="För rader vars dag inte är i någon omgång."
    )

    def __init__(self, kind: ListKind, collaboration: Collaboration, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.kind = kind
        limit_choices(self, "wave", Wave.objects.filter(survey__collaboration=collaboration).to_write_in())
        if not kind.needs_wave:
            del self.fields["wave"]
        self.order_fields(self.field_order)

    @property
    def can_be_used(self) -> bool:
        """Whether there is a wave to write in, for a kind that needs one."""
        return not self.kind.needs_wave or has_choices(self, "wave")

    @cached_property
    def key_of_act(self) -> uuid.UUID:
        """The key of the page: the one it brought, or a new one."""
        return self.cleaned_data["key"] or uuid.uuid4()
