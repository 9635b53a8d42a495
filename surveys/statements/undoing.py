"""Undoing one's own latest coding event, as long as nothing depends on it."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from actors.models import Collaboration, User
from actors.rules.rights import CODE, COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.models import Attachment, CodingEvent, Perspective, Statement
from surveys.statements.reviewing import bump_if_attached, update_read_mark
from surveys.statements.sources import find_source

Verb = CodingEvent.Verb
State = Statement.State
_STATE_AFTER = {Verb.CONFIRM: State.CONFIRMED, Verb.QUARANTINE: State.QUARANTINED, Verb.SET_ASIDE: State.SET_ASIDE}


def latest_undoable(*, collaboration: Collaboration, user: User) -> CodingEvent | None:
    """Return the event that `undo_last` would undo, if any."""
    acts = CodingEvent.objects.undoable_by(user, collaboration)
    return acts.select_related("perspective", "statement").first()


@transaction.atomic
def undo_last(*, collaboration: Collaboration, by: User) -> CodingEvent:
    """Undo the latest event. Raises Refusal when there is none, or when later changes depend on it."""
    require(by, CODE, collaboration)
    latest = latest_undoable(collaboration=collaboration, user=by)
    event = (
        CodingEvent.objects.select_for_update(no_key=True).filter(pk=latest.pk, undone_at=None).first()
        if latest
        else None
    )
    if event is None:
        raise Refusal("Det finns inget att ångra.", code="nothing_to_undo")
    _require_still(event, by)
    _UNDO[Verb(event.verb)](event)
    event.undone_at = timezone.now()
    event.save(update_fields=["undone_at"])
    return event


def _require_still(event: CodingEvent, by: User) -> None:
    """Raise Refusal for what she may no longer do: a text that was taken back, or what only a coordinator does."""
    if event.statement is not None:
        require(by, CODE, event.statement)
    elif event.verb == Verb.FINISH:
        source = find_source(event.collaboration, event.details["kind"], event.details["source"])
        require(by, CODE, source.row if source else event.collaboration)
    elif event.verb != Verb.CREATE:
        require(by, COORDINATE, event.collaboration)


def _undo_cut(event: CodingEvent) -> None:
    statement = _statement(event)
    if statement.state != State.RAW or statement.attachments.current().exists():
        raise Refusal("Utsagan är redan granskad eller kopplad. Lägg den åt sidan i stället.", code="built_on")
    statement.attachments.all().delete()
    CodingEvent.objects.filter(statement=statement).update(statement=None)
    statement.delete()
    event.statement = None


def _undo_review(event: CodingEvent) -> None:
    """Restore the earlier state; never to confirmed, since somebody may have found a name in the text."""
    statement = _statement(event)
    if statement.state != _STATE_AFTER.get(Verb(event.verb), State.RAW) or statement.reviewed_at != event.at:
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
        # Even when it is not attached: an earlier report may still quote it.
        statement.wave.survey.collaboration.bump_public_version()


def _undo_finish(event: CodingEvent) -> None:
    source = find_source(event.collaboration, event.details["kind"], event.details["source"])
    if source is not None:
        source.locked().mark_read(None)


def _undo_attach(event: CodingEvent) -> None:
    _remove(event, Attachment.objects.current().filter(pk=event.details["attachment"]))


def _undo_detach(event: CodingEvent) -> None:
    _put_back(event.details["attachments"], event.by)
    bump_if_attached(_statement(event))


def _undo_create(event: CodingEvent) -> None:
    perspective = _perspective(event)
    if perspective.resting_statements().exists() or perspective.merged_from.exists():
        raise Refusal(f"«{perspective}» har utsagor. Ta bort eller slå ihop det på dess egen sida.", code="built_on")
    perspective.retired_at = timezone.now()
    perspective.save(update_fields=["retired_at"])
    event.collaboration.bump_public_version()  # an issue may rest on it already


def _undo_merge(event: CodingEvent) -> None:
    perspective = _perspective(event)
    if perspective.merged_into_id != event.details["into"]:
        raise Refusal("Perspektivet har ändrats sedan dess.", code="built_on")
    perspective.merged_into = None
    perspective.save(update_fields=["merged_into"])
    event.collaboration.bump_public_version()


def _undo_split(event: CodingEvent) -> None:
    new_perspective = Perspective.objects.select_for_update(no_key=True, of=["self"]).get(pk=event.details["into"])
    if not new_perspective.is_standing or new_perspective.merged_from.exists():
        raise Refusal("Det nya perspektivet har ändrats sedan dess.", code="built_on")
    Attachment.objects.current().filter(perspective=new_perspective).update(
        removed_at=timezone.now(), removed_by=event.by
    )
    _put_back(event.details["attachments"], event.by)
    new_perspective.retired_at = timezone.now()
    new_perspective.save(update_fields=["retired_at"])
    CodingEvent.objects.filter(perspective=new_perspective, verb=Verb.CREATE).update(undone_at=timezone.now())
    event.collaboration.bump_public_version()


def _undo_retire(event: CodingEvent) -> None:
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
    return Statement.objects.select_for_update(no_key=True, of=["self"]).get(pk=event.statement_id)


def _perspective(event: CodingEvent) -> Perspective:
    return Perspective.objects.select_for_update(no_key=True, of=["self"]).get(events=event)


_UNDO: dict[str, Callable[[CodingEvent], None]] = {
    Verb.CUT: _undo_cut,
    Verb.CONFIRM: _undo_review,
    Verb.QUARANTINE: _undo_review,
    Verb.SET_ASIDE: _undo_review,
    Verb.REOPEN: _undo_review,
    Verb.FINISH: _undo_finish,
    Verb.ATTACH: _undo_attach,
    Verb.DETACH: _undo_detach,
    Verb.CREATE: _undo_create,
    Verb.MERGE: _undo_merge,
    Verb.SPLIT: _undo_split,
    Verb.RETIRE: _undo_retire,
}
