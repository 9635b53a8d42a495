"""Perspectives gather into themes, many to many. The order of themes says nothing about their weight."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actors.models import Collaboration, User
from ostberga.lib.refusal import Refusal
from surveys.codebook.perspectives import record
from surveys.models import CodingEvent, Perspective, Theme, ThemePerspective

Verb = CodingEvent.Verb
Texts = Mapping[str, str]


@transaction.atomic
def create_theme(*, collaboration: Collaboration, title: Texts, by: User, description: str = "") -> Theme:
    """A new theme, last in the order."""
    if not title.get("sv", "").strip():
        raise Refusal("Skriv temats namn på svenska.", code="title_missing")
    last = Theme.objects.filter(collaboration=collaboration).aggregate(Max("position"))["position__max"]
    made = Theme.objects.create(
        collaboration=collaboration,
        title={code: text.strip() for code, text in title.items() if text.strip()},
        description=description.strip(),
        position=0 if last is None else last + 1,
    )
    _record(made, Verb.CREATE, by)
    return made


@transaction.atomic
def edit_theme(*, theme: Theme, title: Texts, description: str, by: User) -> None:
    """Change its words."""
    _lock(theme)
    theme.title = {code: text.strip() for code, text in title.items() if text.strip()}
    theme.description = description.strip()
    theme.save(update_fields=["title", "description"])
    _record(theme, Verb.EDIT, by)
    theme.collaboration.bump_public_version()


@transaction.atomic
def move_theme(*, theme: Theme, steps: int, by: User) -> None:
    """Move it up (negative) or down in the order."""
    order = list(Theme.objects.standing().filter(collaboration=theme.collaboration_id).select_for_update())
    keys = [each.pk for each in order]
    if theme.pk not in keys:
        raise Refusal("Temat är borttaget.", code="retired")
    place = keys.index(theme.pk)
    moved = order.pop(place)
    order.insert(max(0, place + steps), moved)
    for position, each in enumerate(order):
        each.position = position
    Theme.objects.bulk_update(order, ["position"])
    _record(theme, Verb.EDIT, by)
    theme.collaboration.bump_public_version()


@transaction.atomic
def retire_theme(*, theme: Theme, by: User) -> None:
    """Take it out of use. Its perspectives stay, without it."""
    _lock(theme)
    theme.retired_at = timezone.now()
    theme.save(update_fields=["retired_at"])
    _record(theme, Verb.RETIRE, by)
    theme.collaboration.bump_public_version()


@transaction.atomic
def restore_theme(*, theme: Theme, by: User) -> None:
    """Take it back into use."""
    _lock(theme)
    theme.retired_at = None
    theme.save(update_fields=["retired_at"])
    _record(theme, Verb.RESTORE, by)
    theme.collaboration.bump_public_version()


@transaction.atomic
def place(*, perspective: Perspective, theme: Theme, by: User) -> None:
    """Put a perspective in a theme, last. Twice is once."""
    _lock(theme)
    if theme.collaboration_id != perspective.collaboration_id:
        raise Refusal("Temat hör till en annan samverkan.", code="elsewhere")
    if perspective.pk in {each.pk for each in theme.current_perspectives()}:
        return
    last = theme.placements.aggregate(Max("position"))["position__max"]
    ThemePerspective.objects.update_or_create(
        theme=theme, perspective=perspective, defaults={"position": 0 if last is None else last + 1}
    )
    record(perspective, Verb.PLACE, by, theme=theme.pk)
    theme.collaboration.bump_public_version()


@transaction.atomic
def unplace(*, perspective: Perspective, theme: Theme, by: User) -> None:
    """Take a perspective, with all that has gone up into it, out of a theme."""
    _lock(theme)
    theme.placements.filter(perspective__in=perspective.family).delete()
    record(perspective, Verb.UNPLACE, by, theme=theme.pk)
    theme.collaboration.bump_public_version()


def _lock(theme: Theme) -> None:
    theme.refresh_from_db(from_queryset=Theme.objects.select_for_update(of=["self"]))


def _record(theme: Theme, verb: str, by: User) -> None:
    CodingEvent.objects.create(collaboration_id=theme.collaboration_id, verb=verb, by=by, details={"theme": theme.pk})
