"""Forms for moving an issue on the staircase and for closing it with an answer."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from dialogue.models import Issue, round_of
from dialogue.rules.staircase import Move, Requirement, Step, allowed_moves, target_of
from dialogue.staircase.forms.exceptions import DespiteForm
from ostberga.lib.form_choices import set_choices
from ostberga.lib.translations.texts_form import TextField, TextsForm


class MoveForm(DespiteForm):
    """Where an issue moves, why, and whether it does so although something is missing."""

    move = forms.TypedChoiceField(label="Flytta", coerce=Move, widget=forms.RadioSelect)
    despite = forms.BooleanField(label="Flytta ändå, fast något saknas", required=False)
    reason = forms.CharField(
        label="Varför?",
        help_text="Visas på frågans sida. Behövs när frågan går tillbaka, börjar om eller flyttar fast något saknas.",
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, issue: Issue, missing: Sequence[Requirement], data: Any = None) -> None:
        super().__init__(data)
        self.remember(missing)
        self.step = Step(issue.step)
        open_ways = allowed_moves(self.step, is_closed=round_of(issue).is_closed)
        self.may_close = Move.CLOSE in open_ways
        set_choices(self, "move", [(way, words(way, self.step)) for way in open_ways if way != Move.CLOSE])
        if not missing or Move.ONWARD not in open_ways:
            del self.fields["despite"]

    def clean(self) -> dict[str, Any]:
        """What the rule will ask for, said beside the field."""
        typed = super().clean() or self.cleaned_data
        move = typed.get("move")
        lacks = move == Move.ONWARD and bool(self.missing)
        if lacks and not typed.get("despite"):
            self.add_error("despite", "Något saknas. Komplettera frågan, eller kryssa här och skriv varför.")
        if not typed.get("reason") and (lacks or move in (Move.BACK, Move.AGAIN)):
            self.add_error("reason", "Skriv varför. Den som undrar ska kunna läsa det.")
        return typed


class CloseForm(DespiteForm, TextsForm):
    """The answer to those who asked, and whether the issue closes although something is missing."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "answer": TextField(
            "Svar till dem som frågade",
            "Vad blev det av det som sagts? Säg också vad som inte blev av, och varför.",
            rows=6,
            max_length=2000,
        ),
    }
    despite = forms.BooleanField(label="Avsluta ändå, fast något saknas", required=False)
    reason = forms.CharField(
        label="Varför ändå?",
        help_text="Visas på frågans sida.",
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, missing: Sequence[Requirement], data: Any = None) -> None:
        super().__init__(data)
        self.remember(missing)
        if not missing:
            del self.fields["despite"], self.fields["reason"]
        else:
            self.fields["reason"].mark = "behövs om du avslutar ändå"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What the rule will ask for, said beside the field."""
        typed = super().clean() or self.cleaned_data
        if self.missing and not typed.get("despite"):
            self.add_error("despite", "Något är inte klart. Avsluta det först, eller kryssa här och skriv varför.")
        if self.missing and not typed.get("reason"):
            self.add_error("reason", "Skriv varför. Den som undrar ska kunna läsa det.")
        return typed


def words(move: Move, step: Step) -> str:
    """Where a move leads, in words."""
    to = target_of(move, step)
    where = {Move.ONWARD: "Vidare till steg", Move.BACK: "Tillbaka till steg"}.get(move)
    return f"{where} {to.value}: {to.label}" if where else "⇌ En ny omgång, från steg 1"
