"""What an issue can rest on: the perspectives as they stand, with their themes and from whom they have been heard."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dialogue.models import Issue
from surveys.models import Attachment, Perspective, Polarity, Statement, ThemePerspective
from surveys.rules.coverage import Breadth, compute_breadth
from surveys.rules.lineage import roots


@dataclass(frozen=True)
class HeardRole:
    """Something somebody said, as breadth needs it: only who, in general terms."""

    role: str


@dataclass(frozen=True)
class PerspectiveChoice:
    """A perspective that can be chosen."""

    perspective: Perspective
    themes: str
    breadth: Breadth
    is_chosen: bool


def perspective_choices(issue: Issue) -> list[PerspectiveChoice]:
    """All standing perspectives, by theme and then by title: never by how many. Five queries."""
    collaboration = issue.dialogue.collaboration
    everyone = collaboration.perspectives.all()
    now = roots(everyone.merges())
    chosen = {now[key] for key in issue.links.values_list("perspective", flat=True)}
    heard, themes = _heard(now), _themes(now)
    found = [
        PerspectiveChoice(one, ", ".join(themes[one.pk]), compute_breadth(heard[one.pk]), one.pk in chosen)
        for one in everyone.standing()
    ]
    return sorted(found, key=lambda choice: (not choice.themes, choice.themes, str(choice.perspective).lower()))


def _heard(now: dict[int, int]) -> dict[int, list[HeardRole]]:
    """Who is behind each perspective; a statement attached along two ways counts once."""
    rests = Attachment.objects.current().filter(perspective__in=now, statement__state=Statement.State.CONFIRMED)
    said = {
        (now[perspective], statement, role)
        for perspective, statement, role in rests.values_list("perspective", "statement", "statement__role")
    }
    heard: dict[int, list[HeardRole]] = defaultdict(list)
    for perspective, _, role in said:
        heard[perspective].append(HeardRole(role))
    return heard


def _themes(now: dict[int, int]) -> dict[int, list[str]]:
    placed = ThemePerspective.objects.filter(perspective__in=now, theme__retired_at__isnull=True)
    themes: dict[int, list[str]] = defaultdict(list)
    for placement in placed.select_related("theme").order_by("theme__position", "theme"):
        names = themes[now[placement.perspective_id]]
        if str(placement.theme) not in names:
            names.append(str(placement.theme))
    return themes


def group_opposites(chosen: Sequence[PerspectiveChoice]) -> list[list[PerspectiveChoice]]:
    """These, each with those it stands against in one group, in the order they came. Two queries."""
    at_hand = {one.perspective.pk: one for one in chosen}
    merges = Perspective.objects.filter(collaboration__in={one.perspective.collaboration_id for one in chosen})
    now = roots(merges.merges())
    against: dict[int, set[int]] = defaultdict(set)
    for one, other in Polarity.objects.filter(one__in=now).values_list("one", "other"):
        against[now[one]].add(now[other])
        against[now[other]].add(now[one])
    groups: list[list[PerspectiveChoice]] = []
    placed: set[int] = set()
    for key in at_hand:
        if key not in placed:
            members = [one for one in at_hand if one == key or (one in against[key] and one not in placed)]
            placed |= {*members}
            groups.append([at_hand[one] for one in members])
    return groups
