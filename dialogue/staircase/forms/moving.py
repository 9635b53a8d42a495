"""Forms for moving an issue on the staircase and for closing it with an answer."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from dialogue.models import Issue, round_of
from dialogue.rules.process_stages import in_words
from dialogue.rules.staircase import Move, Requirement, Step, allowed_moves, target_of
from dialogue.staircase.forms.exceptions import ExceptionsForm, ExceptionsWithReasonForm
from ostberga.lib.form_choices import set_choices
from ostberga.lib.translations.texts_form import TextField, TextsForm


class MoveForm(ExceptionsForm):
    """The move of an issue, the reason, and whether to move although something is missing."""

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
        moves = allowed_moves(self.step, is_closed=round_of(issue).is_closed)
        self.may_close = Move.CLOSE in moves
        set_choices(self, "move", [(move, move_label(move, issue)) for move in moves if move != Move.CLOSE])
        if not missing or Move.ONWARD not in moves:
            del self.fields["despite"]

    def clean(self) -> dict[str, Any]:
        """Require the box and the reason, as the rule does."""
        typed = super().clean() or self.cleaned_data
        move = typed.get("move")
        lacks = move == Move.ONWARD and bool(self.missing)
        if lacks and not typed.get("despite"):
            self.add_error("despite", "Något saknas. Komplettera frågan, eller kryssa här och skriv varför.")
        if not typed.get("reason") and (lacks or move in (Move.BACK, Move.AGAIN)):
            self.add_error("reason", "Skriv varför. Den som undrar ska kunna läsa det.")
        return typed


class CloseForm(ExceptionsWithReasonForm, TextsForm):
    """The answer to those who asked, and whether the issue closes although something is missing."""

    reason_mark = "behövs om du avslutar ändå"
    despite_error = "Något är inte klart. Avsluta det först, eller kryssa här och skriv varför."
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


def move_label(move: Move, issue: Issue) -> str:
    """Return the label of a move of the issue: the stage that it leads to, and the step, if that has another name."""
    step = target_of(move, Step(issue.step))
    to = issue.dialogue.stage_at(step)
    where = {Move.ONWARD: "Vidare till steg", Move.BACK: "Tillbaka till steg"}.get(move)
    return f"{where} {to.number}: {in_words(to, step)}" if where else f"⇌ En ny omgång, från steg {to.number}"
