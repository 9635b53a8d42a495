"""Actions on themes: create, edit, order, retire, and place perspectives in them."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.codebook.perspectives import record_event
from surveys.models import CodingEvent, Perspective, Theme, ThemePerspective

Verb = CodingEvent.Verb
Texts = Mapping[str, str]


@transaction.atomic
def create_theme(*, collaboration: Collaboration, title: Texts, by: User, description: str = "") -> Theme:
    """Create a theme, last in the order."""
    require(by, COORDINATE, collaboration)
    if not title.get("sv", "").strip():
        raise Refusal("Skriv temats namn på svenska.", code="title_missing")
    last = Theme.objects.filter(collaboration=collaboration).aggregate(Max("position"))["position__max"]
    theme = Theme.objects.create(
        collaboration=collaboration,
        title={code: text.strip() for code, text in title.items() if text.strip()},
        description=description.strip(),
        position=0 if last is None else last + 1,
    )
    _record(theme, Verb.CREATE, by)
    return theme


@transaction.atomic
def edit_theme(*, theme: Theme, title: Texts, description: str, by: User) -> None:
    """Change its title and description."""
    require(by, COORDINATE, theme)
    _lock(theme)
    theme.title = {code: text.strip() for code, text in title.items() if text.strip()}
    theme.description = description.strip()
    theme.save(update_fields=["title", "description"])
    _record(theme, Verb.EDIT, by)
    theme.collaboration.bump_public_version()


@transaction.atomic
def move_theme(*, theme: Theme, steps: int, by: User) -> None:
    """Move it up (negative) or down in the order."""
    require(by, COORDINATE, theme)
    order = list(Theme.objects.standing().filter(collaboration=theme.collaboration_id).select_for_update(no_key=True))
    keys = [listed_theme.pk for listed_theme in order]
    if theme.pk not in keys:
        raise Refusal("Temat är borttaget.", code="retired")
    place = keys.index(theme.pk)
    moved = order.pop(place)
    order.insert(max(0, place + steps), moved)
    for position, listed_theme in enumerate(order):
        listed_theme.position = position
    Theme.objects.bulk_update(order, ["position"])
    _record(theme, Verb.EDIT, by)
    theme.collaboration.bump_public_version()


@transaction.atomic
def retire_theme(*, theme: Theme, by: User) -> None:
    """Retire it. Its perspectives are kept."""
    require(by, COORDINATE, theme)
    _lock(theme)
    theme.retired_at = timezone.now()
    theme.save(update_fields=["retired_at"])
    _record(theme, Verb.RETIRE, by)
    theme.collaboration.bump_public_version()


@transaction.atomic
def restore_theme(*, theme: Theme, by: User) -> None:
    """Put it back into use."""
    require(by, COORDINATE, theme)
    _lock(theme)
    theme.retired_at = None
    theme.save(update_fields=["retired_at"])
    _record(theme, Verb.RESTORE, by)
    theme.collaboration.bump_public_version()


@transaction.atomic
def place(*, perspective: Perspective, theme: Theme, by: User) -> None:
    """Add a perspective to a theme, last. Idempotent."""
    require(by, COORDINATE, theme)
    _lock(theme)
    if theme.collaboration_id != perspective.collaboration_id:
        raise Refusal("Temat hör till en annan samverkan.", code="elsewhere")
    if perspective.pk in {placed.pk for placed in theme.current_perspectives()}:
        return
    last = theme.placements.aggregate(Max("position"))["position__max"]
    ThemePerspective.objects.update_or_create(
        theme=theme, perspective=perspective, defaults={"position": 0 if last is None else last + 1}
    )
    record_event(perspective, Verb.PLACE, by, theme=theme.pk)
    theme.collaboration.bump_public_version()


@transaction.atomic
def unplace(*, perspective: Perspective, theme: Theme, by: User) -> None:
    """Remove a perspective and everything merged into it from a theme."""
    require(by, COORDINATE, theme)
    _lock(theme)
    theme.placements.filter(perspective__in=perspective.family).delete()
    record_event(perspective, Verb.UNPLACE, by, theme=theme.pk)
    theme.collaboration.bump_public_version()


def _lock(theme: Theme) -> None:
    theme.refresh_from_db(from_queryset=Theme.objects.select_for_update(no_key=True, of=["self"]))


def _record(theme: Theme, verb: str, by: User) -> None:
    CodingEvent.objects.create(collaboration_id=theme.collaboration_id, verb=verb, by=by, details={"theme": theme.pk})
