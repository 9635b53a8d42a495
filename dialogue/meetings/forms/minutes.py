"""Forms of the minutes: lines, facts of the meeting, approval, additions and outcomes of promises."""

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
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import capitalised_choices, limit_choices
from ostberga.lib.plain_text import plain_text

LONGEST = 4000


class MinuteLineForm(forms.Form):
    """One line; its key is the prefix of its field names."""

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
    due_on = DayField(required=False, error_messages={"invalid": "Skriv dagen som 2026-05-31."})
    is_inner = forms.BooleanField(required=False)
    after = forms.UUIDField(required=False)

    def __init__(self, meeting: Meeting, key: UUID, data: Mapping[str, Any]) -> None:
        super().__init__(data, prefix=str(key))
        self.meeting, self.key = meeting, key

    def clean_text(self) -> str:
        """The text as plain text."""
        return plain_text(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """Only a proposal has an issue."""
        typed = super().clean() or self.cleaned_data
        return typed | ({} if typed.get("kind") == MinuteItem.Kind.PROPOSAL else {"issue": None})

    def is_same_as(self, item: MinuteItem | None) -> bool:
        """Whether the stored line has exactly this content already."""
        if item is None:
            return False
        names = {"point": "point_id", "issue": "issue_id", "owner": "owner_id"}
        same = ("text", "kind", "point", "issue", "owner", "due_on", "is_inner")
        return all(self.cleaned_data[name] == getattr(item, names.get(name, name)) for name in same)

    def save(self, *, by: User, writer: str) -> SavedLine | None:
        """Store the line. Returns None, storing nothing, when it is new and empty."""
        typed = self.cleaned_data
        if typed["base"] == 0 and not typed["text"]:
            return None
        group = self.meeting.group
        line = MinuteInput(
            text=typed["text"],
            kind=typed["kind"],
            point=self.meeting.agenda.filter(pk=typed["point"]).first() if typed["point"] else None,
            issue=group.issues.filter(pk=typed["issue"]).first() if typed["issue"] else None,
            is_inner=typed["is_inner"],
            owner=Seat.objects.filter(group=group, pk=typed["owner"]).first() if typed["owner"] else None,
            due_on=typed["due_on"],
        )
        return minute_items.save_line(
            meeting=self.meeting,
            key=self.key,
            base=typed["base"],
            line=line,
            by=by,
            writer=writer,
            after=typed["after"],
        )

    def row(self) -> MinutesRow:
        """The line as typed, valid or not, to be shown again."""
        typed = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
        keys = {name: int(typed[name]) if typed[name].isdecimal() else None for name in ("point", "issue", "owner")}
        base = typed["base"]
        kind = typed["kind"] if typed["kind"] in MinuteItem.Kind.values else MinuteItem.Kind.NOTE
        return MinutesRow(
            key=self.key,
            version=int(base) if base.isdecimal() else 0,
            text=typed["text"],
            kind=kind,
            due_on=typed["due_on"],
            is_inner=bool(typed["is_inner"]),
            errors=[str(error) for errors in self.errors.values() for error in errors],
            point=keys["point"],
            issue=keys["issue"],
            owner=keys["owner"],
        )


class MeetingFactsForm(forms.Form):
    """Facts of the meeting, sent together with the values that the user saw (fields named «sett-…»)."""

    notes = forms.CharField(required=False, max_length=6000)

    def __init__(self, meeting: Meeting, data: Any) -> None:
        super().__init__(data)
        self.meeting, self.typed = meeting, data

    def save(self, *, by: User) -> None:
        """Store what the user has changed."""
        attendance.update_facts(meeting=self.meeting, facts=self._facts(""), seen=self._facts("sett-"), by=by)

    def _facts(self, prefix: str) -> attendance.MeetingFacts:
        def ticked(name: str) -> frozenset[int]:
            return frozenset(int(key) for key in self.typed.getlist(prefix + name) if key.isdecimal())

        notes = plain_text(str(self.typed.get(prefix + "notes", "")))
        return attendance.MeetingFacts(ticked("present"), ticked("adjusters"), ticked("issues"), notes)


class MinutesForm:
    """The whole page as one form: every button saves all lines and facts first, so it works without JavaScript."""

    def __init__(self, meeting: Meeting, data: Any) -> None:
        keys = [UUID(typed) for typed in dict.fromkeys(data.getlist("rad")) if _is_key(typed)]
        self.lines = [MinuteLineForm(meeting, key, data) for key in keys]
        self.facts = MeetingFactsForm(meeting, data)
        self.meeting, self.writer = meeting, data.get("skrivare", "")[:40]

    def is_valid(self) -> bool:
        """Whether all lines and the facts are valid."""
        return all([*(line.is_valid() for line in self.lines), self.facts.is_valid()])

    @transaction.atomic
    def save(self, *, by: User) -> int:
        """Store the facts and every changed line. Returns the number of lines in conflict with somebody else's."""
        if "fakta" in self.facts.data:
            self.facts.save(by=by)
        stored = self.meeting.items.in_bulk([line.key for line in self.lines])
        changed = [line for line in self.lines if not line.is_same_as(stored.get(line.key))]
        saved = [line.save(by=by, writer=self.writer) for line in changed]
        return sum(1 for line in saved if line and line.is_beside)

    def rows(self) -> dict[UUID, MinutesRow]:
        """The non-empty lines as typed, to be shown again."""
        return {line.key: line.row() for line in self.lines if line.data.get(line.add_prefix("text"), "").strip()}


class ApproveMineForm(forms.Form):
    """The seat that approves; the day is asked for only when the approval was given on paper."""

    seat = forms.ModelChoiceField(Seat.objects.none(), widget=forms.HiddenInput)
    on = DayField(label="Justerat den", widget=DateInput(), initial=timezone.localdate, required=False)

    def __init__(self, meeting: Meeting, data: Any = None, *, seat: Seat | None = None) -> None:
        super().__init__(data, initial={"seat": seat}, auto_id=f"justera-{seat.pk}-%s" if seat else "justera-%s")
        self.meeting = meeting
        limit_choices(self, "seat", meeting.present.select_related("organisation"))


class PublicTextForm(forms.Form):
    """Base form with a public text: words that may identify a person must be changed or confirmed."""

    looked = forms.BooleanField(label="Jag har läst igen: det pekar inte ut någon.", required=False)
    public_field = "text"

    def clean(self) -> dict[str, Any]:
        """A flagged text is an error until the box is ticked."""
        typed = super().clean() or self.cleaned_data
        flag = find_privacy_flag(typed.get(self.public_field) or "")
        if flag and not typed.get("looked"):
            words = ", ".join(flag.words)
            message = f"Det här syns för alla och kan peka ut någon: {words}. Ändra, eller kryssa."
            self.add_error(self.public_field, message)
        return typed

    def asks_about_words(self) -> bool:
        """Whether the box is needed."""
        text = str(self.data.get(self.add_prefix(self.public_field)) or "")
        return self.is_bound and find_privacy_flag(text) is not None


class AdditionForm(PublicTextForm):
    """An addition to locked minutes."""

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
        """The text as plain text."""
        return plain_text(self.cleaned_data["text"])


class PromiseOutcomeForm(PublicTextForm):
    """The outcome of a promise."""

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
        """A dropped promise needs a reason."""
        typed = super().clean()
        if typed.get("became") == PromiseOutcome.Became.DROPPED and not typed.get("text"):
            self.add_error("text", "Skriv varför det inte blev av.")
        return typed


def _is_key(typed: str) -> bool:
    return (
        len(typed) == 36
        and typed.count("-") == 4
        and all(character in "0123456789abcdef-" for character in typed.lower())
    )
