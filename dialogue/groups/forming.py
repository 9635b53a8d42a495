"""A working group is formed, gets its seats, meets, and has its notes approved."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actors.models import Organisation, User
from dialogue.models import Dialogue, Issue, Meeting, Seat, WorkingGroup
from ostberga.lib.refusal import Refusal


@transaction.atomic
def form(
    *,
    dialogue: Dialogue,
    name: str,
    mandate: str,
    issues: Iterable[Issue],
    by: User,
    on: dt.date | None = None,
) -> WorkingGroup:
    """A new group around one or more issues of the dialogue."""
    made = WorkingGroup.objects.create(
        dialogue=dialogue, name=name, mandate=mandate, started_on=on or timezone.localdate(), formed_by=by
    )
    made.issues.set(issues)
    dialogue.collaboration.bump_public_version()
    return made


@transaction.atomic
def describe(*, group: WorkingGroup, name: str, mandate: str, issues: Iterable[Issue]) -> None:
    """New words for the group, and the issues it works with."""
    _lock(group)
    group.name, group.mandate = name, mandate
    group.save(update_fields=["name", "mandate"])
    group.issues.set(issues)
    group.dialogue.collaboration.bump_public_version()


@transaction.atomic
def end(*, group: WorkingGroup, on: dt.date) -> None:
    """The group has done its work. Its meetings and proposals stay."""
    _lock(group)
    if group.ended_on is not None:
        raise Refusal("Gruppen är redan avslutad.", code="already_ended")
    if on < group.started_on:
        raise Refusal("Gruppen kan inte sluta innan den började.", code="ended_before_start")
    group.ended_on = on
    group.save(update_fields=["ended_on"])
    group.dialogue.collaboration.bump_public_version()


@transaction.atomic
def seat(
    *,
    group: WorkingGroup,
    role: str,
    organisation: Organisation | None = None,
    user: User | None = None,
    on: dt.date | None = None,
) -> Seat:
    """A new seat. Numbers are never used again, so that «Boende 2» is always the same person."""
    _lock(group)
    last = group.seats.filter(role=role).aggregate(last=Max("number"))["last"] or 0
    if role == Seat.Role.OFFICIAL and organisation is None:
        raise Refusal("Välj vilken organisation tjänstepersonen kommer från.", code="official_without_body")
    made = Seat.objects.create(
        group=group, role=role, number=last + 1, organisation=organisation, user=user, since=on or timezone.localdate()
    )
    group.dialogue.collaboration.bump_public_version()
    return made


@transaction.atomic
def leave(*, seat: Seat, on: dt.date) -> None:
    """The person gives up the seat after this day; the meetings she was at stay."""
    seat.refresh_from_db(from_queryset=Seat.objects.select_for_update())
    if seat.until is not None:
        raise Refusal(f"{seat} har redan lämnat gruppen.", code="already_left")
    if on < seat.since:
        raise Refusal("Sista dagen kan inte ligga före den första.", code="left_before_joined")
    seat.until = on
    seat.save(update_fields=["until"])
    seat.group.dialogue.collaboration.bump_public_version()


@transaction.atomic
def meet(
    *,
    group: WorkingGroup,
    on: dt.date,
    issues: Iterable[Issue],
    present: Iterable[Seat],
    notes: str,
    by: User,
    adjusters: Iterable[Seat] = (),
    place: str = "",
    at: dt.datetime | None = None,
) -> Meeting:
    """Write down a meeting that has been held. It counts when those it chose to approve the notes have done so."""
    at = at or timezone.now()
    made = Meeting.objects.create(
        group=group,
        on=on,
        place=place,
        notes=notes,
        registered_by=by,
        registered_at=at,
        begun_at=at,
        ready_at=at,
    )
    made.issues.set(issues)
    made.present.set(present)
    made.adjusters.set(adjusters)
    return made


@transaction.atomic
def rewrite(
    *, meeting: Meeting, on: dt.date, issues: Iterable[Issue], present: Iterable[Seat], notes: str, place: str = ""
) -> None:
    """Mend notes that nobody has approved yet."""
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    if meeting.approved_on is not None:
        raise Refusal("Anteckningarna är justerade och ändras inte mer. Skriv i nästa möte.", code="already_approved")
    meeting.on, meeting.notes, meeting.place = on, notes, place
    meeting.save(update_fields=["on", "notes", "place"])
    meeting.issues.set(issues)
    meeting.present.set(present)


def _lock(group: WorkingGroup) -> None:
    group.refresh_from_db(from_queryset=WorkingGroup.objects.select_for_update())
