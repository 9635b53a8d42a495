"""What a person holds for a body, or a body itself, in a collaboration: all that must be handed over or ended."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from actors.models import Collaboration, Mandate, Organisation, User
from actors.models.mandates import MandateQuerySet
from dialogue.groups.meeting_calls import called_meetings
from dialogue.models import Commitment, Meeting, MinuteItem, PartDecision, Seat
from dialogue.models.decisions.part_decision import PartDecisionQuerySet
from dialogue.models.working_group import SeatQuerySet
from dialogue.rules.activities import ENDS, Reply

Holding = Seat | PartDecision | Commitment | Mandate


@dataclass(frozen=True)
class Holdings:
    """What is held today. The promises are those of the seats."""

    seats: tuple[Seat, ...] = ()
    promises: tuple[MinuteItem, ...] = ()
    parts: tuple[PartDecision, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    mandates: tuple[Mandate, ...] = ()

    def keyed(self) -> Iterator[tuple[str, Holding]]:
        """Everything but the promises, each with a key for forms."""
        for kind, rows in (
            ("plats", self.seats),
            ("beslut", self.parts),
            ("atagande", self.commitments),
            ("mandat", self.mandates),
        ):
            for row in rows:
                yield f"{kind}-{row.pk}", row

    def promises_of(self, seat: Seat) -> list[MinuteItem]:
        """The open promises that a seat has."""
        return [promise for promise in self.promises if promise.holder == seat]

    def calls_after(self, day: dt.date) -> list[tuple[Seat, Meeting]]:
        """The meetings after a day that the seats are called to, and will not be any more."""
        return called_meetings(self.seats, day)


def of_person(person: User, body: Organisation, collaboration: Collaboration) -> Holdings:
    """What this person has for the body. A constant number of queries."""
    hers = Q(user=person) | Q(invitation__accepted_by=person)
    parts = _parts(body, collaboration).filter(held_by=person)
    mandates = _mandates(body, collaboration).filter(person=person)
    return _with_promises(_seats(body, collaboration).filter(hers), parts=tuple(parts), mandates=tuple(mandates))


def of_body(body: Organisation, collaboration: Collaboration) -> Holdings:
    """What the body has. A constant number of queries."""
    here = Commitment.objects.filter(organisation=body, activity__dialogue__collaboration=collaboration)
    live = here.filter(reply__in=[Reply.ASKED, Reply.COUNTERED, Reply.ACCEPTED]).exclude(activity__state__in=ENDS)
    return _with_promises(
        _seats(body, collaboration),
        parts=tuple(_parts(body, collaboration)),
        commitments=tuple(live.select_related("activity__issue", "activity__dialogue__collaboration", "organisation")),
        mandates=tuple(_mandates(body, collaboration)),
    )


def _with_promises(seats: SeatQuerySet, **rest: tuple[Holding, ...]) -> Holdings:
    promises = MinuteItem.objects.open_promises().held_by_seats(seats).filter(meeting__ready_at__isnull=False)
    related = ("meeting__group__dialogue__collaboration", "owner__organisation", "handover__seat__organisation")
    return Holdings(seats=tuple(seats), promises=tuple(promises.select_related(*related)), **rest)  # type: ignore[arg-type]


def _seats(body: Organisation, collaboration: Collaboration) -> SeatQuerySet:
    held = Seat.objects.filter(organisation=body, until=None, group__ended_on=None)
    related = ("organisation", "user", "invitation__accepted_by", "group__dialogue__collaboration")
    return held.filter(group__dialogue__collaboration=collaboration).select_related(*related)


def _parts(body: Organisation, collaboration: Collaboration) -> PartDecisionQuerySet:
    asked = PartDecision.objects.open().filter(organisation=body, decision__dialogue__collaboration=collaboration)
    # A question that is asked anew stands before the one it reconsiders, which is withdrawn only after it.
    return asked.select_related("organisation", "decision__dialogue__collaboration").order_by("-decision_id", "pk")


def _mandates(body: Organisation, collaboration: Collaboration) -> MandateQuerySet:
    """Those that nobody has given a last day yet that is today or has been."""
    going_on = Q(until=None) | Q(until__gt=timezone.localdate())
    mandates = body.mandates.not_over().in_collaboration(collaboration).filter(going_on)
    return mandates.select_related("person", "organisation")
