"""The code book takes shape: perspectives are formulated, built on, set against each other, merged and split."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from actors.models import Collaboration, User
from ostberga.lib.refusal import Refusal
from surveys.models import Attachment, CodingEvent, Perspective, Polarity, Statement, ThemePerspective
from surveys.rules.lineage import creates_cycle
from surveys.statements.reviewing import bump_if_attached

Verb = CodingEvent.Verb
Texts = Mapping[str, str]


@transaction.atomic
def attach(*, statement: Statement, perspective: Perspective, by: User, at: dt.datetime | None = None) -> Attachment:
    """Judge that the statement expresses the perspective (or what it was merged into). Twice is once."""
    statement.refresh_from_db(from_queryset=Statement.objects.select_for_update(of=["self"]))
    target = perspective.current
    if target.retired_at is not None:
        raise Refusal(f"«{target}» är borttaget. Ta tillbaka det först, eller välj ett annat.", code="retired")
    if statement.wave.survey.collaboration_id != target.collaboration_id:
        raise Refusal("Perspektivet hör till en annan samverkan.", code="elsewhere")
    there = statement.attachments.current().filter(perspective__in=target.family).first()
    if there is not None:
        return there
    moment = at or timezone.now()
    made = Attachment.objects.create(statement=statement, perspective=target, attached_by=by, attached_at=moment)
    record(target, Verb.ATTACH, by, statement=statement, at=moment, attachment=made.pk)
    if statement.is_publishable:
        bump_if_attached(statement)
    return made


@transaction.atomic
def detach(*, statement: Statement, perspective: Perspective, by: User) -> None:
    """Take the judgement back. The row stays, so that one can see that it was made."""
    statement.refresh_from_db(from_queryset=Statement.objects.select_for_update(of=["self"]))
    target = perspective.current
    there = statement.attachments.current().filter(perspective__in=target.family)
    removed = list(there.values_list("pk", flat=True))
    if not removed:
        return
    if statement.is_publishable:
        bump_if_attached(statement)
    there.update(removed_at=timezone.now(), removed_by=by)
    record(target, Verb.DETACH, by, statement=statement, attachments=removed)


@transaction.atomic
def formulate(
    *,
    collaboration: Collaboration,
    title: Texts,
    by: User,
    description: str = "",
    is_dissenting: bool = False,
    at: dt.datetime | None = None,
) -> Perspective:
    """A new perspective. Raises Refusal when one with the same Swedish words stands already."""
    swedish = title.get("sv", "").strip()
    if not swedish:
        raise Refusal("Skriv perspektivet på svenska.", code="title_missing")
    twin = Perspective.objects.standing().filter(collaboration=collaboration, title__sv__iexact=swedish).first()
    if twin is not None:
        raise Refusal(f"«{twin}» finns redan. Koppla utsagan till det i stället.", code="twin")
    moment = at or timezone.now()
    made = Perspective.objects.create(
        collaboration=collaboration,
        title={code: text.strip() for code, text in title.items() if text.strip()},
        description=description.strip(),
        is_dissenting=is_dissenting,
        created_by=by,
        created_at=moment,
    )
    record(made, Verb.CREATE, by, at=moment)
    return made


@transaction.atomic
def edit(*, perspective: Perspective, title: Texts, description: str, is_dissenting: bool, by: User) -> None:
    """Change its words, or whether it is a dissenting voice."""
    lock(perspective)
    perspective.title = {code: text.strip() for code, text in title.items() if text.strip()}
    perspective.description, perspective.is_dissenting = description.strip(), is_dissenting
    perspective.save(update_fields=["title", "description", "is_dissenting"])
    record(perspective, Verb.EDIT, by)
    perspective.collaboration.bump_public_version()


@transaction.atomic
def merge(*, perspective: Perspective, into: Perspective, by: User) -> None:
    """Let it go up into another. Nothing is moved: what rests on it is read as resting on the other."""
    lock(perspective, into)
    _insist_standing(perspective, into)
    if perspective.collaboration_id != into.collaboration_id:
        raise Refusal("Perspektiven hör till olika samverkan.", code="elsewhere")
    merges = Perspective.objects.filter(collaboration=perspective.collaboration_id).merges()
    if creates_cycle(merges, one=perspective.pk, into=into.pk):
        raise Refusal("Ett perspektiv kan inte slås ihop med sig självt.", code="circle")
    perspective.merged_into = into
    perspective.save(update_fields=["merged_into"])
    record(perspective, Verb.MERGE, by, into=into.pk)
    perspective.collaboration.bump_public_version()


@transaction.atomic
def split(*, perspective: Perspective, statements: Iterable[Statement], title: Texts, by: User) -> Perspective:
    """Let some of its statements rest on a new perspective instead, which lies in the same themes."""
    lock(perspective)
    _insist_standing(perspective)
    chosen = list(perspective.resting_statements().filter(pk__in=[each.pk for each in statements]))
    if not chosen:
        raise Refusal("Välj minst en utsaga som ska följa med till det nya perspektivet.", code="nothing_chosen")
    made = formulate(collaboration=perspective.collaboration, title=title, by=by)
    made.split_from = perspective
    made.save(update_fields=["split_from"])
    ThemePerspective.objects.bulk_create(
        ThemePerspective(theme_id=placed.theme_id, perspective=made, position=placed.position)
        for placed in perspective.placements.all()
    )
    moved = Attachment.objects.current().filter(statement__in=chosen, perspective__in=perspective.family)
    removed = list(moved.values_list("pk", flat=True))
    moved.update(removed_at=timezone.now(), removed_by=by)
    Attachment.objects.bulk_create(Attachment(statement=each, perspective=made, attached_by=by) for each in chosen)
    record(perspective, Verb.SPLIT, by, into=made.pk, attachments=removed)
    perspective.collaboration.bump_public_version()
    return made


@transaction.atomic
def retire(*, perspective: Perspective, by: User) -> None:
    """Take it out of use. What rested on it stays on record."""
    lock(perspective)
    _insist_standing(perspective)
    perspective.retired_at = timezone.now()
    perspective.save(update_fields=["retired_at"])
    record(perspective, Verb.RETIRE, by)
    perspective.collaboration.bump_public_version()


@transaction.atomic
def restore(*, perspective: Perspective, by: User) -> None:
    """Take it back into use."""
    lock(perspective)
    perspective.retired_at = None
    perspective.save(update_fields=["retired_at"])
    record(perspective, Verb.RESTORE, by)
    perspective.collaboration.bump_public_version()


@transaction.atomic
def oppose(*, one: Perspective, other: Perspective, by: User, about: Texts | None = None) -> Polarity:
    """Set two perspectives against each other, equally large. Doing it again changes what it is about."""
    lock(one, other)
    _insist_standing(one, other)
    if one.pk == other.pk or one.collaboration_id != other.collaboration_id:
        raise Refusal("Välj ett annat perspektiv som motsats.", code="same_side")
    first, second = sorted((one, other), key=lambda side: side.pk)
    about = {code: text.strip() for code, text in (about or {}).items() if text.strip()}
    made, _ = Polarity.objects.update_or_create(one=first, other=second, defaults={"about": about})
    record(one, Verb.OPPOSE, by, other=other.pk)
    one.collaboration.bump_public_version()
    return made


@transaction.atomic
def unoppose(*, polarity: Polarity, by: User) -> None:
    """They no longer stand against each other."""
    record(polarity.one, Verb.UNOPPOSE, by, other=polarity.other_id)
    polarity.one.collaboration.bump_public_version()
    polarity.delete()


@transaction.atomic
def second_opinion(*, attachment: Attachment, agrees: bool, by: User) -> CodingEvent:
    """What a second coder thinks of someone's judgement. It changes nothing but the record."""
    verb = Verb.AGREE if agrees else Verb.DISAGREE
    return record(attachment.perspective.current, verb, by, statement=attachment.statement, attachment=attachment.pk)


def record(
    perspective: Perspective,
    verb: str,
    by: User,
    *,
    statement: Statement | None = None,
    at: dt.datetime | None = None,
    **details: Any,
) -> CodingEvent:
    """Write down who did what with a perspective, and when."""
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
    """Lock them, always in the same order, and read them as they are now."""
    for perspective in sorted(perspectives, key=lambda each: each.pk):
        perspective.refresh_from_db(from_queryset=Perspective.objects.select_for_update(of=["self"]))


def _insist_standing(*perspectives: Perspective) -> None:
    for perspective in perspectives:
        if not perspective.is_standing:
            raise Refusal(f"«{perspective}» är redan sammanslaget eller borttaget.", code="not_standing")
