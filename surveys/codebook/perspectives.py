"""Actions on perspectives: create, edit, attach statements, merge, split, retire, set as opposites."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from actors.models import Collaboration, User
from actors.rules.rights import CODE, COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.models import Attachment, CodingEvent, Perspective, Polarity, Statement, ThemePerspective
from surveys.rules.lineage import creates_cycle
from surveys.statements.reviewing import bump_if_attached

Verb = CodingEvent.Verb
Texts = Mapping[str, str]


@transaction.atomic
def attach(*, statement: Statement, perspective: Perspective, by: User, at: dt.datetime | None = None) -> Attachment:
    """Attach the statement to the perspective (or what it was merged into). Idempotent."""
    statement.refresh_from_db(from_queryset=Statement.objects.select_for_update(no_key=True, of=["self"]))
    require(by, CODE, statement)
    target = perspective.current
    if target.retired_at is not None:
        raise Refusal(f"«{target}» är borttaget. Ta tillbaka det först, eller välj ett annat.", code="retired")
    if statement.wave.survey.collaboration_id != target.collaboration_id:
        raise Refusal("Perspektivet hör till en annan samverkan.", code="elsewhere")
    existing = statement.attachments.current().filter(perspective__in=target.family).first()
    if existing is not None:
        return existing
    moment = at or timezone.now()
    attachment = Attachment.objects.create(statement=statement, perspective=target, attached_by=by, attached_at=moment)
    record_event(target, Verb.ATTACH, by, statement=statement, at=moment, attachment=attachment.pk)
    if statement.is_publishable:
        bump_if_attached(statement)
    return attachment


@transaction.atomic
def detach(*, statement: Statement, perspective: Perspective, by: User) -> None:
    """Detach the statement from the perspective. The row is kept and marked as removed."""
    statement.refresh_from_db(from_queryset=Statement.objects.select_for_update(no_key=True, of=["self"]))
    require(by, CODE, statement)
    target = perspective.current
    attachments = statement.attachments.current().filter(perspective__in=target.family)
    removed = list(attachments.values_list("pk", flat=True))
    if not removed:
        return
    if statement.is_publishable:
        bump_if_attached(statement)
    attachments.update(removed_at=timezone.now(), removed_by=by)
    record_event(target, Verb.DETACH, by, statement=statement, attachments=removed)


@transaction.atomic
def create_perspective(
    *,
    collaboration: Collaboration,
    title: Texts,
    by: User,
    description: str = "",
    is_dissenting: bool = False,
    at: dt.datetime | None = None,
) -> Perspective:
    """Create a perspective. Raises Refusal when one in use has the same Swedish title."""
    require(by, CODE, collaboration)
    swedish = title.get("sv", "").strip()
    if not swedish:
        raise Refusal("Skriv perspektivet på svenska.", code="title_missing")
    twin = Perspective.objects.standing().filter(collaboration=collaboration, title__sv__iexact=swedish).first()
    if twin is not None:
        raise Refusal(f"«{twin}» finns redan. Koppla utsagan till det i stället.", code="twin")
    moment = at or timezone.now()
    perspective = Perspective.objects.create(
        collaboration=collaboration,
        title={code: text.strip() for code, text in title.items() if text.strip()},
        description=description.strip(),
        is_dissenting=is_dissenting,
        created_by=by,
        created_at=moment,
    )
    record_event(perspective, Verb.CREATE, by, at=moment)
    return perspective


@transaction.atomic
def edit(*, perspective: Perspective, title: Texts, description: str, is_dissenting: bool, by: User) -> None:
    """Change its title and description, and whether it is dissenting. Raises Refusal if it is merged or retired."""
    require(by, COORDINATE, perspective)
    lock(perspective)
    _refuse_unless_in_use(perspective)
    perspective.title = {code: text.strip() for code, text in title.items() if text.strip()}
    perspective.description, perspective.is_dissenting = description.strip(), is_dissenting
    perspective.save(update_fields=["title", "description", "is_dissenting"])
    record_event(perspective, Verb.EDIT, by)
    perspective.collaboration.bump_public_version()


@transaction.atomic
def merge(*, perspective: Perspective, into: Perspective, by: User) -> None:
    """Merge it into another. Attachments are not moved: merges are resolved when reading."""
    require(by, COORDINATE, perspective)
    lock(perspective, into)
    _refuse_unless_in_use(perspective, into)
    if perspective.collaboration_id != into.collaboration_id:
        raise Refusal("Perspektiven hör till olika samverkan.", code="elsewhere")
    merges = Perspective.objects.filter(collaboration=perspective.collaboration_id).merges()
    if creates_cycle(merges, source=perspective.pk, into=into.pk):
        raise Refusal("Ett perspektiv kan inte slås ihop med sig självt.", code="circle")
    perspective.merged_into = into
    perspective.save(update_fields=["merged_into"])
    record_event(perspective, Verb.MERGE, by, into=into.pk)
    perspective.collaboration.bump_public_version()


@transaction.atomic
def split(*, perspective: Perspective, statements: Iterable[Statement], title: Texts, by: User) -> Perspective:
    """Move some of its statements to a new perspective in the same themes, and return that."""
    require(by, COORDINATE, perspective)
    lock(perspective)
    _refuse_unless_in_use(perspective)
    chosen = list(perspective.resting_statements().filter(pk__in=[statement.pk for statement in statements]))
    if not chosen:
        raise Refusal("Välj minst en utsaga som ska följa med till det nya perspektivet.", code="nothing_chosen")
    new_perspective = create_perspective(collaboration=perspective.collaboration, title=title, by=by)
    new_perspective.split_from = perspective
    new_perspective.save(update_fields=["split_from"])
    ThemePerspective.objects.bulk_create(
        ThemePerspective(theme_id=placed.theme_id, perspective=new_perspective, position=placed.position)
        for placed in perspective.placements.all()
    )
    moved = Attachment.objects.current().filter(statement__in=chosen, perspective__in=perspective.family)
    removed = list(moved.values_list("pk", flat=True))
    moved.update(removed_at=timezone.now(), removed_by=by)
    Attachment.objects.bulk_create(
        Attachment(statement=statement, perspective=new_perspective, attached_by=by) for statement in chosen
    )
    record_event(perspective, Verb.SPLIT, by, into=new_perspective.pk, attachments=removed)
    perspective.collaboration.bump_public_version()
    return new_perspective


@transaction.atomic
def retire(*, perspective: Perspective, by: User) -> None:
    """Retire it. Its attachments are kept."""
    require(by, COORDINATE, perspective)
    lock(perspective)
    _refuse_unless_in_use(perspective)
    perspective.retired_at = timezone.now()
    perspective.save(update_fields=["retired_at"])
    record_event(perspective, Verb.RETIRE, by)
    perspective.collaboration.bump_public_version()


@transaction.atomic
def restore(*, perspective: Perspective, by: User) -> None:
    """Put it back into use."""
    require(by, COORDINATE, perspective)
    lock(perspective)
    perspective.retired_at = None
    perspective.save(update_fields=["retired_at"])
    record_event(perspective, Verb.RESTORE, by)
    perspective.collaboration.bump_public_version()


@transaction.atomic
def oppose(*, perspective: Perspective, other: Perspective, by: User, about: Texts | None = None) -> Polarity:
    """Store two perspectives as opposites. Repeating it changes what the opposition is about."""
    require(by, COORDINATE, perspective)
    lock(perspective, other)
    _refuse_unless_in_use(perspective, other)
    if perspective.pk == other.pk or perspective.collaboration_id != other.collaboration_id:
        raise Refusal("Välj ett annat perspektiv som motsats.", code="same_side")
    first, second = sorted((perspective, other), key=lambda side: side.pk)
    about_texts = {code: text.strip() for code, text in (about or {}).items() if text.strip()}
    polarity, _ = Polarity.objects.update_or_create(one=first, other=second, defaults={"about": about_texts})
    record_event(perspective, Verb.OPPOSE, by, other=other.pk)
    perspective.collaboration.bump_public_version()
    return polarity


@transaction.atomic
def unoppose(*, polarity: Polarity, by: User) -> None:
    """Remove an opposition."""
    require(by, COORDINATE, polarity.one)
    record_event(polarity.one, Verb.UNOPPOSE, by, other=polarity.other_id)
    polarity.one.collaboration.bump_public_version()
    polarity.delete()


@transaction.atomic
def second_opinion(*, attachment: Attachment, agrees: bool, by: User) -> CodingEvent:
    """Log whether a second coder agrees with an attachment. Nothing else changes."""
    require(by, COORDINATE, attachment.perspective)
    verb = Verb.AGREE if agrees else Verb.DISAGREE
    return record_event(
        attachment.perspective.current, verb, by, statement=attachment.statement, attachment=attachment.pk
    )


def record_event(
    perspective: Perspective,
    verb: str,
    by: User,
    *,
    statement: Statement | None = None,
    at: dt.datetime | None = None,
    **details: Any,
) -> CodingEvent:
    """Log an event about a perspective."""
    return CodingEvent.objects.create(
        collaboration_id=perspective.collaboration_id,
        verb=verb,
        perspective=perspective,
        statement=statement,
        by=by,
        at=at or timezone.now(),
        details=details,
    )


def lock(*perspectives: Perspective) -> None:
    """Lock and reload the perspectives, always in the same order."""
    for perspective in sorted(perspectives, key=lambda each: each.pk):
        perspective.refresh_from_db(from_queryset=Perspective.objects.select_for_update(no_key=True, of=["self"]))


def _refuse_unless_in_use(*perspectives: Perspective) -> None:
    for perspective in perspectives:
        if not perspective.is_standing:
            raise Refusal(f"«{perspective}» är redan sammanslaget eller borttaget.", code="not_standing")
