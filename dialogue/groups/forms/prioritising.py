"""Form for ordering a group's proposals with buttons, one step at a time, without JavaScript."""

from collections.abc import Sequence
from typing import Any

from django import forms

from dialogue.groups import prioritising
from dialogue.models import Meeting, Proposal, WorkingGroup
from ostberga.lib.form_choices import limit_choices
from ostberga.lib.id_parsing import parse_id


class OrderForm(forms.Form):
    """Meeting, order and reason. A move button is not a submission: it returns an unbound form with what was typed."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="På vilket möte?",
        empty_label=None,
        help_text="Ett möte vars protokoll inte är justerat än.",
    )
    reason = forms.CharField(
        label="Hur tänkte gruppen?",
        help_text="Visas för alla, utan namn. Till exempel: det som gör kvällarna trygga först.",
        max_length=1200,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, group: WorkingGroup, data: Any = None) -> None:
        self.offered = {proposal.pk: proposal for proposal in prioritising.list_orderable_proposals(group)}
        self.move, self.key = _pressed_button(data)
        super().__init__(None if self.move else data, initial=_typed(data) if self.move else {})
        limit_choices(self, "meeting", prioritising.meetings_open_for_ordering(group))
        keys = [parse_id(typed) for typed in data.getlist("rad")] if data is not None else [*self.offered]
        self.rows = self._after_move(list(dict.fromkeys(key for key in keys if key in self.offered)))

    @property
    def ordered(self) -> Sequence[Proposal]:
        """The proposals in the chosen order, the first one first."""
        return [self.offered[key] for key in self.rows]

    @property
    def beside(self) -> Sequence[Proposal]:
        """Proposals left out of the order."""
        return [proposal for key, proposal in self.offered.items() if key not in self.rows]

    def clean(self) -> dict[str, Any]:
        """An order needs at least two proposals."""
        typed = super().clean() or self.cleaned_data
        if len(self.rows) < 2:
            self.add_error(None, "En ordning behöver minst två förslag.")
        return typed

    def _after_move(self, rows: list[int]) -> list[int]:
        if self.move == "med" and self.key in self.offered:
            return [key for key in rows if key != self.key] + [self.key]
        if self.key not in rows:
            return rows
        place = rows.index(self.key)
        rows.remove(self.key)
        if self.move != "bort":
            rows.insert(max(place + (-1 if self.move == "upp" else 1), 0), self.key)
        return rows


def _pressed_button(data: Any) -> tuple[str, int]:
    """Direction and key of a pressed move button, sent as «upp-12»; ("", 0) when the order is to be saved."""
    move, _, key = ((data or {}).get("flytta") or "").partition("-")
    return (move, parse_id(key)) if move in ("upp", "ner", "bort", "med") else ("", 0)


def _typed(data: Any) -> dict[str, str]:
    return {name: data.get(name, "") for name in ("meeting", "reason")}
