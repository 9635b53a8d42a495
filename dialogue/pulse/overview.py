"""How we work together, over time: who was in it, what was changed and why, and what those who do it say of it.

They are shown beside each other in the order of their days. Nothing here says that one led to the other.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from actors.models import Collaboration, Partnership
from dialogue.models import Adjustment, Pulse, Seat
from dialogue.rules.pulse_questions import Figure, figures


@dataclass(frozen=True)
class YearEndComposition:
    """Who was in it on a day: bodies, and seats in groups by role."""

    bodies: int
    residents: int
    elected: int
    officials: int


@dataclass(frozen=True)
class YearRange:
    """Years that ended alike."""

    first: int
    last: int
    who: YearEndComposition

    @property
    def label(self) -> str:
        """«2016» or «2018–2025»."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class PulseSummary:
    """A closed pulse, and what may be told of it."""

    pulse: Pulse
    answered: int | None  # None: fewer than six
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened to how we work."""

    on: dt.date
    kind: str  # "joined", "left", "adjusted" or "pulse"
    partnership: Partnership | None = None
    adjustment: Adjustment | None = None
    pulse: PulseSummary | None = None


@dataclass(frozen=True)
class CooperationOverview:
    """All of it."""

    today: YearEndComposition
    years: tuple[YearRange, ...]  # as it was on the last day of each year that is over, the latest first
    entries: tuple[TimelineEntry, ...]  # the latest first


def build_overview(collaboration: Collaboration, today: dt.date | None = None) -> CooperationOverview:
    """The story as it can be told on a day. The number of queries does not depend on how much has happened."""
    today = today or timezone.localdate()
    partners = list(collaboration.partnerships.filter(joined_on__lte=today).select_related("organisation"))
    seats = list(Seat.objects.filter(group__dialogue__collaboration=collaboration).select_related("group"))
    begun = min([one.joined_on.year for one in partners] + [one.since.year for one in seats], default=today.year)
    ends = {year: _on(dt.date(year, 12, 31), partners, seats) for year in range(today.year - 1, begun - 1, -1)}
    entries = [*_partners(partners, today), *_adjustments(collaboration), *_pulses(collaboration, today)]
    return CooperationOverview(
        today=_on(today, partners, seats),
        years=tuple(_alike(ends)),
        entries=tuple(sorted(entries, key=_day, reverse=True)),
    )


def _alike(ends: dict[int, YearEndComposition]) -> Iterator[YearRange]:
    """Years after each other that ended alike are told together."""
    for who, years in groupby(ends, key=lambda year: ends[year]):
        found = list(years)
        yield YearRange(found[-1], found[0], who)


def _day(entry: TimelineEntry) -> tuple[dt.date, str]:
    return entry.on, entry.kind


def _on(day: dt.date, partners: list[Partnership], seats: list[Seat]) -> YearEndComposition:
    roles = Counter(one.role for one in seats if _holds(one.since, one.until, day) and _meets(one, day))
    return YearEndComposition(
        bodies=len({one.organisation_id for one in partners if _holds(one.joined_on, one.left_on, day)}),
        residents=roles[Seat.Role.RESIDENT],
        elected=roles[Seat.Role.ELECTED],
        officials=roles[Seat.Role.OFFICIAL],
    )


def _holds(since: dt.date, until: dt.date | None, day: dt.date) -> bool:
    return since <= day and (until is None or until >= day)


def _meets(seat: Seat, day: dt.date) -> bool:
    """Whether its group still met; a seat that nobody ended ends with the group."""
    return seat.group.ended_on is None or seat.group.ended_on >= day


def _partners(partners: list[Partnership], today: dt.date) -> Iterator[TimelineEntry]:
    for one in partners:
        yield TimelineEntry(one.joined_on, "joined", partnership=one)
        if one.left_on is not None and one.left_on <= today:
            yield TimelineEntry(one.left_on, "left", partnership=one)


def _adjustments(collaboration: Collaboration) -> Iterator[TimelineEntry]:
    for one in collaboration.adjustments.all():
        yield TimelineEntry(one.on, "adjusted", adjustment=one)


def _pulses(collaboration: Collaboration, today: dt.date) -> Iterator[TimelineEntry]:
    """Only those that are over: before that nobody sees a figure, not the coordinator either."""
    closed = collaboration.pulses.filter(closes_on__lt=today).prefetch_related("answers")
    for one in closed:
        given = [given.answers for given in one.answers.all()]
        told = figures(given)
        yield TimelineEntry(one.closes_on, "pulse", pulse=PulseSummary(one, len(given) if told else None, told))
