"""What a seat thinks of a draft: a form for who has the seat, and one for the seats that the coordinator writes for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils import timezone

from dialogue.groups import taking_positions
from dialogue.models import Meeting, Position, Proposal, Seat
from dialogue.rules.shown_positions import NEEDS_REASON, ShownPositions, Stance
from ostberga.lib.form_choices import capitalised_choices, limit_choices

WHY = "Skriv varför. Skälet följer med förslaget till dem som beslutar."
LONGEST = 1200


class PositionForm(forms.Form):
    """Her own position."""

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

    def __init__(self, proposal: Proposal, mine: Position | None, data: Any = None) -> None:
        now = {"stance": mine.stance, "reason": mine.reason} if mine else {}
        super().__init__(data, initial=now, auto_id=f"id_{proposal.pk}_%s")

    def clean(self) -> dict[str, Any]:
        """A no, or a yes with an if, says why."""
        typed = super().clean() or self.cleaned_data
        if typed.get("stance") in NEEDS_REASON and not typed.get("reason", "").strip():
            self.add_error("reason", WHY)
        return typed


@dataclass(frozen=True)
class MyPosition:
    """A draft as a member sees it: what she thinks herself, and what may be told of the others."""

    proposal: Proposal
    seat: Seat
    mine: Position | None
    told: ShownPositions
    missing: int
    form: PositionForm


def build_my_position(proposal: Proposal, seat: Seat, held: Collection[int], data: Any = None) -> MyPosition:
    """One draft. `held`: the keys of all seats of the group; its `positions__seat` should be prefetched."""
    given = sorted(proposal.positions.all(), key=lambda one: (one.given_at, one.pk))
    latest = next((one for one in reversed(given) if one.seat_id == seat.pk), None)
    form = PositionForm(proposal, latest, data)
    told, missing = (
        taking_positions.summarise_positions(proposal),
        taking_positions.count_missing_positions(proposal, held),
    )
    return MyPosition(proposal, seat, latest, told, missing, form)


def list_my_positions(seat: Seat) -> list[MyPosition]:
    """Every draft that her group has not treated yet, the oldest first. Three queries."""
    held = taking_positions.held_seat_ids(seat.group_id)
    drafts = Proposal.objects.filter(group=seat.group_id, stands_since__isnull=True, withdrawn_at__isnull=True)
    related = drafts.select_related("issue__dialogue__collaboration", "group").prefetch_related("positions__seat")
    return [build_my_position(one, seat, held) for one in related]


@dataclass(frozen=True)
class SeatPositionRow:
    """A seat without an account, and the fields for what it said."""

    seat: Seat
    stance: BoundField
    reason: BoundField


class SpokenPositionsForm(forms.Form):
    """What seats without accounts said in the room. Left as it is, nothing is written."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="Vid vilket möte?", empty_label="Inte på ett möte", required=False
    )

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        super().__init__(data)
        limit_choices(self, "meeting", proposal.group.meetings.filter(begun_at__isnull=False).order_by("-on"))
        has_account = Q(user__is_active=True) | Q(invitation__accepted_by__is_active=True)
        held = Seat.objects.on(timezone.localdate()).filter(group=proposal.group_id)
        self.seats = list(held.exclude(has_account).select_related("organisation"))
        self.now = {one.seat_id: one for one in proposal.positions.filter(seat__in=self.seats)}
        for seat in self.seats:
            was = self.now.get(seat.pk)
            self.fields[f"plats_{seat.pk}"] = forms.ChoiceField(
                label=str(seat),
                choices=_choices(was),
                required=False,
                initial=was.stance if was else "",
                widget=forms.RadioSelect,
            )
            self.fields[f"skal_{seat.pk}"] = forms.CharField(
                label=f"Varför? {seat}",
                required=False,
                max_length=LONGEST,
                initial=was.reason if was else "",
                widget=forms.Textarea({"rows": 2}),
            )

    def rows(self) -> Iterator[SeatPositionRow]:
        """The seats with their fields, for the template."""
        for seat in self.seats:
            yield SeatPositionRow(seat, self[f"plats_{seat.pk}"], self[f"skal_{seat.pk}"])

    def clean(self) -> dict[str, Any]:
        """A no, or a yes with an if, says why; and there is something to write down."""
        typed = super().clean() or self.cleaned_data
        meeting = typed.get("meeting")
        for seat in self.seats:
            if meeting and typed.get(f"plats_{seat.pk}") and seat.since > meeting.on:
                self.add_error(f"plats_{seat.pk}", "Platsen fanns inte när mötet hölls.")
            why = str(typed.get(f"skal_{seat.pk}", "")).strip()
            if typed.get(f"plats_{seat.pk}") in NEEDS_REASON and not why:
                self.add_error(f"skal_{seat.pk}", WHY)
            if why and not typed.get(f"plats_{seat.pk}") and not self.has_error(f"plats_{seat.pk}"):
                self.add_error(f"plats_{seat.pk}", "Välj vad platsen tyckte.")
        return typed

    @property
    def taken(self) -> list[tuple[Seat, str, str]]:
        """The seats that said something new: what, and why."""
        typed = self.cleaned_data
        said = [(one, typed[f"plats_{one.pk}"], typed[f"skal_{one.pk}"].strip()) for one in self.seats]
        return [(one, stance, why) for one, stance, why in said if stance and not self._is_same(one, stance, why)]

    def _is_same(self, seat: Seat, stance: str, why: str) -> bool:
        was = self.now.get(seat.pk)
        return was is not None and (was.stance, was.reason) == (stance, why)


def _choices(was: Position | None) -> list[tuple[str, str]]:
    """What was said can be changed but not unsaid."""
    nothing = [] if was else [("", "Inget sagt")]
    return nothing + capitalised_choices(Stance.choices)()
