"""How the bodies work together, over time: who took part, what was adjusted and why, and the results of the pulses.

They are listed by date. Nothing here claims that one led to the other.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from actors.models import Collaboration, Partnership
from dialogue.models import Adjustment, Pulse, Seat
from dialogue.pulse import pulse_answers
from dialogue.rules.pulse_questions import Figure, answered_span, figures


@dataclass(frozen=True)
class PartnerCount:
    """How many took part on a day: bodies, and seats in working groups by role."""

    bodies: int
    residents: int
    elected: int
    officials: int


@dataclass(frozen=True)
class YearRange:
    """Consecutive years with the same count at their end."""

    first: int
    last: int
    count: PartnerCount

    @property
    def label(self) -> str:
        """«2016» or «2018–2025»."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class PulseSummary:
    """A closed pulse, and the results that may be shown."""

    pulse: Pulse
    answered: str  # how many, in a step of five; empty when nothing is shown
    figures: tuple[Figure, ...]
    is_counted: bool = True  # False while the last answers wait for the batch


@dataclass(frozen=True)
class TimelineEntry:
    """A dated event: a body joined or left, an adjustment, or a pulse. One field from `partnership` down is set."""

    on: dt.date
    kind: str  # "joined", "left", "adjusted" or "pulse"
    partnership: Partnership | None = None
    adjustment: Adjustment | None = None
    pulse: PulseSummary | None = None


@dataclass(frozen=True)
class CooperationOverview:
    """The numbers of today and of earlier years, and the timeline."""

    today: PartnerCount
    years: tuple[YearRange, ...]  # on the last day of each year that is over, the latest first
    entries: tuple[TimelineEntry, ...]  # the latest first


def build_overview(collaboration: Collaboration, today: dt.date | None = None) -> CooperationOverview:
    """The overview as it may be shown on a day. A constant number of queries."""
    today = today or timezone.localdate()
    partners = list(collaboration.partnerships.filter(joined_on__lte=today).select_related("organisation"))
    seats = list(Seat.objects.filter(group__dialogue__collaboration=collaboration).select_related("group"))
    years = [partnership.joined_on.year for partnership in partners] + [seat.since.year for seat in seats]
    begun = min(years, default=today.year)
    ends = {year: _count_on(dt.date(year, 12, 31), partners, seats) for year in range(today.year - 1, begun - 1, -1)}
    entries = [*_partners(partners, today), *_adjustments(collaboration), *_pulses(collaboration, today)]
    return CooperationOverview(
        today=_count_on(today, partners, seats),
        years=tuple(_merge_equal_years(ends)),
        entries=tuple(sorted(entries, key=lambda entry: (entry.on, entry.kind), reverse=True)),
    )


def _merge_equal_years(ends: dict[int, PartnerCount]) -> Iterator[YearRange]:
    for count, years in groupby(ends, key=lambda year: ends[year]):
        span = list(years)
        yield YearRange(span[-1], span[0], count)


def _count_on(day: dt.date, partners: list[Partnership], seats: list[Seat]) -> PartnerCount:
    current = [partnership for partnership in partners if _includes(partnership.joined_on, partnership.left_on, day)]
    roles = Counter(seat.role for seat in seats if _includes(seat.since, seat.until, day) and _group_existed(seat, day))
    return PartnerCount(
        bodies=len({partnership.organisation_id for partnership in current}),
        residents=roles[Seat.Role.RESIDENT],
        elected=roles[Seat.Role.ELECTED],
        officials=roles[Seat.Role.OFFICIAL],
    )


def _includes(since: dt.date, until: dt.date | None, day: dt.date) -> bool:
    return since <= day and (until is None or until >= day)


def _group_existed(seat: Seat, day: dt.date) -> bool:
    """Whether the seat's group had not ended; a seat without an end of its own ends with the group."""
    return seat.group.ended_on is None or seat.group.ended_on >= day


def _partners(partners: list[Partnership], today: dt.date) -> Iterator[TimelineEntry]:
    for partnership in partners:
        yield TimelineEntry(partnership.joined_on, "joined", partnership=partnership)
        if partnership.left_on is not None and partnership.left_on <= today:
            yield TimelineEntry(partnership.left_on, "left", partnership=partnership)


def _adjustments(collaboration: Collaboration) -> Iterator[TimelineEntry]:
    for adjustment in collaboration.adjustments.all():
        yield TimelineEntry(adjustment.on, "adjusted", adjustment=adjustment)


def _pulses(collaboration: Collaboration, today: dt.date) -> Iterator[TimelineEntry]:
    """Closed pulses only: before that nobody sees figures, not even the coordinator."""
    closed = list(collaboration.pulses.filter(closes_on__lt=today).prefetch_related("answers"))
    waiting = pulse_answers.list_waiting() if closed else set()
    for pulse in closed:
        if pulse.pk in waiting:
            yield TimelineEntry(pulse.closes_on, "pulse", pulse=PulseSummary(pulse, "", (), is_counted=False))
            continue
        answers = [answer.answers for answer in pulse.answers.all()]
        results = figures(answers, asked=pulse.invited)
        summary = PulseSummary(pulse, answered_span(len(answers), pulse.invited).words if results else "", results)
        yield TimelineEntry(pulse.closes_on, "pulse", pulse=summary)
