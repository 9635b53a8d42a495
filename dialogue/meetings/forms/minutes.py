"""What is typed in the minutes of a meeting: its lines, who was there, what it came to; and what is said afterwards."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.utils import timezone

from actors.models import User
from actors.people.forms.people import DateInput
from dialogue.meetings import attendance, minute_items
from dialogue.meetings.handing_over import find_privacy_flag
from dialogue.meetings.minute_items import MinuteInput, SavedLine
from dialogue.meetings.minutes_editor import MinutesRow
from dialogue.models import Meeting, MinuteItem, PromiseOutcome, Seat
from ostberga.lib.form_choices import capitalised_choices, limit_choices
from ostberga.lib.plain_text import plain_text

LONGEST = 4000
# A hand-made form must not hold more lines than any meeting has.
MOST = 500


class MinuteLineForm(forms.Form):
    """One line, its fields named after its key."""

    base = forms.IntegerField(min_value=0, max_value=1_000_000)
    text = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": f"Raden är för lång. Dela den: högst {LONGEST} tecken."},
    )
    kind = forms.ChoiceField(choices=MinuteItem.Kind.choices)
    point = forms.IntegerField(required=False)
    issue = forms.IntegerField(required=False)
    owner = forms.IntegerField(required=False)
    due_on = forms.DateField(required=False, error_messages={"invalid": "Skriv dagen som 2026-05-31."})
    is_inner = forms.BooleanField(required=False)
    after = forms.UUIDField(required=False)

    def __init__(self, meeting: Meeting, key: UUID, data: Mapping[str, Any]) -> None:
        super().__init__(data, prefix=str(key))
        self.meeting, self.key = meeting, key

    def clean_text(self) -> str:
        """Plain words."""
        return plain_text(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """The issue is asked for only of a proposal."""
        said = super().clean() or self.cleaned_data
        return said | ({} if said.get("kind") == MinuteItem.Kind.PROPOSAL else {"issue": None})

    def is_said_by(self, item: MinuteItem | None) -> bool:
        """Whether the stored line says just this already."""
        if item is None:
            return False
        names = {"point": "point_id", "issue": "issue_id", "owner": "owner_id"}
        same = ("text", "kind", "point", "issue", "owner", "due_on", "is_inner")
        return all(self.cleaned_data[name] == getattr(item, names.get(name, name)) for name in same)

    def save(self, *, by: User, writer: str) -> SavedLine | None:
        """Store the line; nothing when it is new and empty."""
        said = self.cleaned_data
        if said["base"] == 0 and not said["text"]:
            return None
        group = self.meeting.group
        line = MinuteInput(
            text=said["text"],
            kind=said["kind"],
            point=self.meeting.agenda.filter(pk=said["point"]).first() if said["point"] else None,
            issue=group.issues.filter(pk=said["issue"]).first() if said["issue"] else None,
            is_inner=said["is_inner"],
            owner=Seat.objects.filter(group=group, pk=said["owner"]).first() if said["owner"] else None,
            due_on=said["due_on"],
        )
        pen: dict[str, Any] = {"by": by, "writer": writer, "after": said["after"]}
        return minute_items.save_line(meeting=self.meeting, key=self.key, base=said["base"], line=line, **pen)

    def row(self) -> MinutesRow:
        """What was typed, to be shown again."""
        said = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
        keys = {name: int(said[name]) if said[name].isdecimal() else None for name in ("point", "issue", "owner")}
        base = said["base"]
        kind = said["kind"] if said["kind"] in MinuteItem.Kind.values else MinuteItem.Kind.NOTE
        return MinutesRow(
            key=self.key,
            version=int(base) if base.isdecimal() else 0,
            text=said["text"],
            kind=kind,
            due_on=said["due_on"],
            is_inner=bool(said["is_inner"]),
            errors=[str(error) for errors in self.errors.values() for error in errors],
            point=keys["point"],
            issue=keys["issue"],
            owner=keys["owner"],
        )


class MeetingFactsForm(forms.Form):
    """Who was there, who approves, what was taken up and what it came to in short; beside what this person saw."""

    notes = forms.CharField(required=False, max_length=6000)

    def __init__(self, meeting: Meeting, data: Any) -> None:
        super().__init__(data)
        self.meeting, self.typed = meeting, data

    def save(self) -> None:
        """Change what she changed."""
        attendance.update_facts(meeting=self.meeting, facts=self._facts(""), seen=self._facts("sett-"))

    def _facts(self, before: str) -> attendance.MeetingFacts:
        def ticked(name: str) -> frozenset[int]:
            return frozenset(int(one) for one in self.typed.getlist(before + name) if one.isdecimal())

        words = plain_text(str(self.typed.get(before + "notes", "")))
        return attendance.MeetingFacts(ticked("present"), ticked("adjusters"), ticked("issues"), words)


class MinutesForm:
    """The whole page: every button on it saves all of it first, so that nothing is lost without JavaScript."""

    def __init__(self, meeting: Meeting, data: Any) -> None:
        keys = [UUID(one) for one in dict.fromkeys(data.getlist("rad")[:MOST]) if _is_key(one)]
        self.lines = [MinuteLineForm(meeting, key, data) for key in keys]
        self.facts = MeetingFactsForm(meeting, data)
        self.meeting, self.writer = meeting, data.get("skrivare", "")[:40]

    def is_valid(self) -> bool:
        """Whether all of it can be saved."""
        return all([*(line.is_valid() for line in self.lines), self.facts.is_valid()])

    @transaction.atomic
    def save(self, *, by: User) -> int:
        """Store every line that has changed. Says how many stand beside what somebody else wrote at the same time."""
        if "fakta" in self.facts.data:
            self.facts.save()
        stored = self.meeting.items.in_bulk([line.key for line in self.lines])
        changed = [line for line in self.lines if not line.is_said_by(stored.get(line.key))]
        saved = [line.save(by=by, writer=self.writer) for line in changed]
        return sum(1 for one in saved if one and one.is_beside)

    def rows(self) -> dict[UUID, MinutesRow]:
        """What was typed, to be shown again."""
        return {line.key: line.row() for line in self.lines if line.data.get(line.add_prefix("text"), "").strip()}


class ApproveMineForm(forms.Form):
    """Which seat stands for the minutes, and since when; the day is asked for only on paper."""

    seat = forms.ModelChoiceField(Seat.objects.none(), widget=forms.HiddenInput)
    on = forms.DateField(label="Justerat den", widget=DateInput(), initial=timezone.localdate, required=False)

    def __init__(self, meeting: Meeting, data: Any = None, *, seat: Seat | None = None) -> None:
        super().__init__(data, initial={"seat": seat}, auto_id=f"justera-{seat.pk}-%s" if seat else "justera-%s")
        self.meeting = meeting
        limit_choices(self, "seat", meeting.present.select_related("organisation"))


class PublicTextForm(forms.Form):
    """Words that everybody will read: what seems to point somebody out is asked about once."""

    looked = forms.BooleanField(label="Jag har läst igen: det pekar inte ut någon.", required=False)
    words = "text"

    def clean(self) -> dict[str, Any]:
        """Changed, or confirmed."""
        said = super().clean() or self.cleaned_data
        raised = find_privacy_flag(said.get(self.words) or "")
        if raised and not said.get("looked"):
            found = ", ".join(raised.words)
            self.add_error(self.words, f"Det här syns för alla och kan peka ut någon: {found}. Ändra, eller kryssa.")
        return said

    def asks_about_words(self) -> bool:
        """Whether the box is needed."""
        return self.is_bound and find_privacy_flag(str(self.data.get(self.add_prefix(self.words)) or "")) is not None


class AdditionForm(PublicTextForm):
    """What was wrong in locked minutes, or forgotten."""

    text = forms.CharField(
        label="Vad blev fel, eller glömdes?",
        help_text="Protokollet ändras inte. Tillägget står under det, med dagens datum. Skriv inga namn.",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Skriv vad som blev fel eller glömdes."},
    )
    field_order = ("text", "looked")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="tillagg-%s")

    def clean_text(self) -> str:
        """Plain words."""
        return plain_text(self.cleaned_data["text"])


class PromiseOutcomeForm(PublicTextForm):
    """How it went with what somebody promised."""

    became = forms.ChoiceField(
        label="Hur gick det?",
        choices=capitalised_choices(PromiseOutcome.Became.choices),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur det gick."},
    )
    text = forms.CharField(
        label="Vad hände?",
        help_text="Syns för alla i protokollet. Skriv inga namn. Behövs om det inte blev av.",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    field_order = ("became", "text", "looked")

    def clean(self) -> dict[str, Any]:
        """What did not come about is told with its reason."""
        said = super().clean()
        if said.get("became") == PromiseOutcome.Became.DROPPED and not said.get("text"):
            self.add_error("text", "Skriv varför det inte blev av.")
        return said


def _is_key(typed: str) -> bool:
    return len(typed) == 36 and typed.count("-") == 4 and all(one in "0123456789abcdef-" for one in typed.lower())
