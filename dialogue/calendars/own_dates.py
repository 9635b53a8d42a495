"""What a person's own calendar holds: her meetings, days to answer by, what she has taken on, and the steps."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from actors.models import Collaboration, User
from dialogue.calendars.public_dates import named_here, since, step_dates
from dialogue.groups import meeting_calls, member_page
from dialogue.models import Commitment, Dialogue, Meeting, PartDecision, WorkingGroup
from dialogue.rules.calendar_file import CalendarDate


def list_own_dates(user: User) -> list[CalendarDate]:
    """Return what she sees at her desk and in her groups, from three months back. A constant number of queries.

    Titles and links only: whoever keeps her calendar can read it.
    """
    return [*_meetings(user), *_answers(user), *_commitments(user), *_promises(user), *step_dates(_dialogues(user))]


def _meetings(user: User) -> Iterator[CalendarDate]:
    """Those of her groups that have been called, and all of the groups whose meetings she plans."""
    hers = Q(group__in=WorkingGroup.objects.of_member(user)) & member_page.SHOWN_TO_MEMBERS
    planned = Q(group__in=WorkingGroup.objects.led_by(user))
    meetings = Meeting.objects.filter(hers | planned, on__gte=since()).select_related("group__dialogue__collaboration")
    for meeting in meetings.prefetch_related("agenda"):
        at = max(filter(None, (meeting.registered_at, meeting.invited_at, meeting.cancelled_at)))
        entry = meeting_calls.calendar_entry(meeting, at)
        yield CalendarDate(
            uid=entry.uid,
            summary=entry.summary,
            start=entry.start,
            end=entry.end,
            place=entry.place,
            url=entry.url,
            changed_at=at,
            sequence=entry.sequence,
            is_cancelled=meeting.cancelled_at is not None,
        )


def _answers(user: User) -> Iterator[CalendarDate]:
    parts = PartDecision.objects.open().of_bodies_of(user).select_related("organisation", "decision")
    for part in parts.exclude(due_on=None, meets_on=None):
        url, at = reverse("part-decision", args=[part.pk]), part.decision.requested_at
        if part.due_on:
            yield _day(f"beslut-{part.pk}", f"Svara senast: {part.decision}", part.due_on, at, url)
        if part.meets_on:
            yield _day(f"namnd-{part.pk}", f"{part.organisation}: {part.decision}", part.meets_on, at, url)


def _commitments(user: User) -> Iterator[CalendarDate]:
    asked = Commitment.objects.open().of_bodies_of(user).filter(due_on__isnull=False).select_related("activity")
    for commitment in asked:
        if commitment.due_on:
            url, summary = reverse("commitment", args=[commitment.pk]), f"Svara senast: {commitment.activity}"
            yield _day(f"atagande-{commitment.pk}", summary, commitment.due_on, commitment.asked_at, url)


def _promises(user: User) -> Iterator[CalendarDate]:
    for row in member_page.list_my_groups(user):
        for promise in row.promises:
            if promise.due_on:
                url = reverse("my-promise", args=[promise.pk])
                summary = f"Gör senast: {promise}"
                yield _day(f"lofte-{promise.pk}", summary, promise.due_on, promise.edited_at, url)


def _dialogues(user: User) -> Iterable[Dialogue]:
    """The dialogues that go on where she coordinates, has a seat, or belongs to a partner."""
    places = Collaboration.objects.filter(
        Q(pk__in=Collaboration.objects.prepared_by(user).values("pk"))
        | Q(pk__in=WorkingGroup.objects.of_member(user).values("dialogue__collaboration"))
        | Q(partnerships__organisation__in=user.affiliations.current().values("organisation"))
    )
    return Dialogue.objects.begun().filter(collaboration__in=places, ended_on=None)


def _day(name: str, summary: str, on: dt.date, changed_at: dt.datetime, path: str) -> CalendarDate:
    return CalendarDate(
        uid=named_here(name),
        summary=summary,
        start=on,
        end=None,
        url=settings.SITE_URL + path,
        changed_at=changed_at,
    )
