"""The latest act of coding can be taken back by the person who did it, as long as nobody has built on it."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actors.models import Collaboration, User
from ostberga.lib.refusal import Refusal
from surveys.models import Attachment, CodingEvent, Perspective, Statement
from surveys.statements.reviewing import bump_if_attached, update_read_mark
from surveys.statements.sources import find_source

Verb = CodingEvent.Verb
State = Statement.State
_LEFT_AS = {Verb.CONFIRM: State.CONFIRMED, Verb.QUARANTINE: State.QUARANTINED, Verb.SET_ASIDE: State.SET_ASIDE}


def latest_undoable(*, collaboration: Collaboration, by: User) -> CodingEvent | None:
    """The act that would be taken back. Acts on themes and words are changed where they stand instead."""
    acts = CodingEvent.objects.undoable_by(by, collaboration)
    return acts.select_related("perspective", "statement").first()


@transaction.atomic
def undo_last(*, collaboration: Collaboration, by: User) -> CodingEvent:
    """Take back the latest act. Raises Refusal when there is none, or when someone has built on it since."""
    latest = latest_undoable(collaboration=collaboration, by=by)
    event = CodingEvent.objects.select_for_update().filter(pk=latest.pk, undone_at=None).first() if latest else None
    if event is None:
        raise Refusal("Det finns inget att ångra.", code="nothing_to_undo")
    _BACK[Verb(event.verb)](event)
    event.undone_at = timezone.now()
    event.save(update_fields=["undone_at"])
    return event


def _uncut(event: CodingEvent) -> None:
    statement = _statement(event)
    if statement.state != State.RAW or statement.attachments.current().exists():
        raise Refusal("Utsagan är redan granskad eller kopplad. Lägg den åt sidan i stället.", code="built_on")
    statement.attachments.all().delete()
    CodingEvent.objects.filter(statement=statement).update(statement=None)
    statement.delete()
    event.statement = None


def _unjudge(event: CodingEvent) -> None:
    """Back to what it was. A confirmation is never put back by undo: somebody may have found a name in it."""
    statement = _statement(event)
    if statement.state != _LEFT_AS.get(Verb(event.verb), State.RAW) or statement.reviewed_at != event.at:
        raise Refusal("Någon har ändrat utsagan sedan dess. Öppna den och läs om.", code="built_on")
    was_public = statement.is_publishable
    before = State(event.details.get("before", State.RAW))
    kept_back = before in {State.QUARANTINED, State.SET_ASIDE}
    statement.state = before if kept_back else State.RAW
    statement.reviewed_by = event.by if kept_back else None
    statement.reviewed_at = timezone.now() if kept_back else None
    statement.save()
    update_read_mark(statement)
    if was_public:
        # Wherever it rests today: a report made earlier may still show it as a quote.
        statement.wave.survey.collaboration.bump_public_version()


def _unfinish(event: CodingEvent) -> None:
    source = find_source(event.collaboration, event.details["kind"], event.details["source"])
    if source is not None:
        source.locked().mark_read(None)


def _unattach(event: CodingEvent) -> None:
    _remove(event, Attachment.objects.current().filter(pk=event.details["attachment"]))


def _undetach(event: CodingEvent) -> None:
    _put_back(event.details["attachments"], event.by)
    bump_if_attached(_statement(event))


def _unformulate(event: CodingEvent) -> None:
    perspective = _perspective(event)
    if perspective.resting_statements().exists() or perspective.merged_from.exists():
        raise Refusal(f"«{perspective}» har utsagor. Ta bort eller slå ihop det på dess egen sida.", code="built_on")
    perspective.retired_at = timezone.now()
    perspective.save(update_fields=["retired_at"])
    event.collaboration.bump_public_version()  # an issue may rest on it already


def _unmerge(event: CodingEvent) -> None:
    perspective = _perspective(event)
    if perspective.merged_into_id != event.details["into"]:
        raise Refusal("Perspektivet har ändrats sedan dess.", code="built_on")
    perspective.merged_into = None
    perspective.save(update_fields=["merged_into"])
    event.collaboration.bump_public_version()


def _unsplit(event: CodingEvent) -> None:
    made = Perspective.objects.select_for_update(of=["self"]).get(pk=event.details["into"])
    if not made.is_standing or made.merged_from.exists():
        raise Refusal("Det nya perspektivet har ändrats sedan dess.", code="built_on")
    Attachment.objects.current().filter(perspective=made).update(removed_at=timezone.now(), removed_by=event.by)
    _put_back(event.details["attachments"], event.by)
    made.retired_at = timezone.now()
    made.save(update_fields=["retired_at"])
    CodingEvent.objects.filter(perspective=made, verb=Verb.CREATE).update(undone_at=timezone.now())
    event.collaboration.bump_public_version()


def _unretire(event: CodingEvent) -> None:
    perspective = _perspective(event)
    perspective.retired_at = None
    perspective.save(update_fields=["retired_at"])
    event.collaboration.bump_public_version()


def _remove(event: CodingEvent, attachments: QuerySet[Attachment]) -> None:
    statement = _statement(event)
    if statement.is_publishable:
        bump_if_attached(statement)
    attachments.update(removed_at=timezone.now(), removed_by=event.by)


def _put_back(removed: list[int], by: User) -> None:
    for old in Attachment.objects.filter(pk__in=removed):
        Attachment.objects.get_or_create(
            statement=old.statement, perspective=old.perspective, removed_at=None, defaults={"attached_by": by}
        )


def _statement(event: CodingEvent) -> Statement:
    if event.statement_id is None:
        raise Refusal("Utsagan finns inte längre.", code="built_on")
    return Statement.objects.select_for_update(of=["self"]).get(pk=event.statement_id)


def _perspective(event: CodingEvent) -> Perspective:
    return Perspective.objects.select_for_update(of=["self"]).get(events=event)


_BACK: dict[str, Callable[[CodingEvent], None]] = {
    Verb.CUT: _uncut,
    Verb.CONFIRM: _unjudge,
    Verb.QUARANTINE: _unjudge,
    Verb.SET_ASIDE: _unjudge,
    Verb.REOPEN: _unjudge,
    Verb.FINISH: _unfinish,
    Verb.ATTACH: _unattach,
    Verb.DETACH: _undetach,
    Verb.CREATE: _unformulate,
    Verb.MERGE: _unmerge,
    Verb.SPLIT: _unsplit,
    Verb.RETIRE: _unretire,
}
