"""Forms for positions on a draft: for the seat's holder, and for the coordinator on behalf of seats without account."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from dialogue.groups import open_positions, taking_positions
from dialogue.groups.open_positions import GivenPosition
from dialogue.models import Meeting, Proposal, Seat
from dialogue.rules.shown_positions import NEEDS_REASON, ShownPositions, Stance
from ostberga.lib.form_choices import capitalised_choices, limit_choices

LONGEST = 1200  # characters of a reason
WHY = "Skriv varför. Skälet följer med förslaget till dem som beslutar."


class PositionForm(forms.Form):
    """A member's own position."""

    stance = forms.ChoiceField(
        label="Vad tycker du?",
        choices=capitalised_choices(Stance.choices),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett av de tre."},
    )
    reason = forms.CharField(
        label="Varför?",
        help_text="Behövs vid förbehåll och invändning. Skälet visas för alla, utan namn. Skriv inte vem du är.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, proposal: Proposal, mine: GivenPosition | None, data: Any = None) -> None:
        now = {"stance": mine.stance, "reason": mine.reason} if mine else {}
        super().__init__(data, initial=now, auto_id=f"id_{proposal.pk}_%s")

    def clean(self) -> dict[str, Any]:
        """Objections and reservations need a reason."""
        typed = super().clean() or self.cleaned_data
        if typed.get("stance") in NEEDS_REASON and not typed.get("reason", "").strip():
            self.add_error("reason", WHY)
        return typed


@dataclass(frozen=True)
class MyPosition:
    """A draft as a member sees it: their own latest position, and the part of the others' that may be shown."""

    proposal: Proposal
    seat: Seat
    mine: GivenPosition | None
    positions: ShownPositions
    missing: int
    form: PositionForm


def build_my_position(proposal: Proposal, seat: Seat, held: Collection[int], data: Any = None) -> MyPosition:
    """Build one draft. `held`: keys of the group's seats. The proposal's `positions` should be prefetched."""
    latest = open_positions.read_valid(proposal).get(seat.pk)
    form = PositionForm(proposal, latest, data)
    summary = taking_positions.summarise_positions(proposal)
    missing = taking_positions.count_missing_positions(proposal, held)
    return MyPosition(proposal, seat, latest, summary, missing, form)


def list_my_positions(seat: Seat) -> list[MyPosition]:
    """All drafts of the seat's group that are neither agreed nor withdrawn, oldest first. Three queries."""
    held = taking_positions.held_seat_ids(seat.group_id)
    drafts = Proposal.objects.filter(group=seat.group_id, stands_since__isnull=True, withdrawn_at__isnull=True)
    related = drafts.select_related("issue__dialogue__collaboration", "group", "open_positions", "position_key")
    return [build_my_position(proposal, seat, held) for proposal in related.prefetch_related("positions")]


@dataclass(frozen=True)
class SeatPositionRow:
    """A seat without an account, with its two fields."""

    seat: Seat
    stance: BoundField
    reason: BoundField


class SpokenPositionsForm(forms.Form):
    """Positions that seats without accounts said aloud. Rows left unchanged are not written."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="Vid vilket möte?", empty_label="Inte på ett möte", required=False
    )

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        super().__init__(data)
        limit_choices(self, "meeting", proposal.group.meetings.filter(begun_at__isnull=False).order_by("-on"))
        held = Seat.objects.without_account().on(timezone.localdate()).filter(group=proposal.group_id)
        self.seats = list(held.select_related("organisation"))
        self.latest = open_positions.read_valid(proposal)
        for seat in self.seats:
            latest = self.latest.get(seat.pk)
            self.fields[f"plats_{seat.pk}"] = forms.ChoiceField(
                label=str(seat),
                choices=_choices(latest),
                required=False,
                initial=latest.stance if latest else "",
                widget=forms.RadioSelect,
            )
            self.fields[f"skal_{seat.pk}"] = forms.CharField(
                label=f"Varför? {seat}",
                required=False,
                max_length=LONGEST,
                initial=latest.reason if latest else "",
                widget=forms.Textarea({"rows": 2}),
            )

    def rows(self) -> Iterator[SeatPositionRow]:
        """The seats with their fields, for the template."""
        for seat in self.seats:
            yield SeatPositionRow(seat, self[f"plats_{seat.pk}"], self[f"skal_{seat.pk}"])

    def clean(self) -> dict[str, Any]:
        """Objections and reservations need a reason, a reason needs a stance, and the seat existed at the meeting."""
        typed = super().clean() or self.cleaned_data
        meeting = typed.get("meeting")
        for seat in self.seats:
            if meeting and typed.get(f"plats_{seat.pk}") and seat.since > meeting.on:
                self.add_error(f"plats_{seat.pk}", "Platsen fanns inte när mötet hölls.")
            reason = str(typed.get(f"skal_{seat.pk}", "")).strip()
            if typed.get(f"plats_{seat.pk}") in NEEDS_REASON and not reason:
                self.add_error(f"skal_{seat.pk}", WHY)
            if reason and not typed.get(f"plats_{seat.pk}") and not self.has_error(f"plats_{seat.pk}"):
                self.add_error(f"plats_{seat.pk}", "Välj vad platsen tyckte.")
        return typed

    @property
    def taken(self) -> list[tuple[Seat, str, str]]:
        """Seat, stance and reason of each position that differs from the stored one."""
        typed = self.cleaned_data
        rows = [(seat, typed[f"plats_{seat.pk}"], typed[f"skal_{seat.pk}"].strip()) for seat in self.seats]
        return [row for row in rows if row[1] and not self._is_stored(*row)]

    def _is_stored(self, seat: Seat, stance: str, reason: str) -> bool:
        latest = self.latest.get(seat.pk)
        return latest is not None and (latest.stance, latest.reason) == (stance, reason)


def _choices(latest: GivenPosition | None) -> list[tuple[str, str]]:
    """A position can be changed but not removed."""
    nothing = [] if latest else [("", "Inget sagt")]
    return nothing + capitalised_choices(Stance.choices)()
