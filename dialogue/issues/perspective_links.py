"""The perspectives that an issue can rest on, with their themes and how broadly they have been heard."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dialogue.issues.separate_forms import forms_apart_from
from dialogue.models import Issue
from surveys.models import Attachment, Perspective, Polarity, Statement, ThemePerspective
from surveys.rules.coverage import Breadth, compute_breadth
from surveys.rules.lineage import roots


@dataclass(frozen=True)
class HeardRole:
    """The role of somebody who said something, as `compute_breadth` needs it."""

    role: str


@dataclass(frozen=True)
class PerspectiveChoice:
    """A perspective that can be chosen for an issue."""

    perspective: Perspective
    themes: str
    breadth: Breadth
    is_chosen: bool


def perspective_choices(issue: Issue) -> list[PerspectiveChoice]:
    """Return all standing perspectives by theme and title, never by how many have said it. Six queries."""
    perspectives = issue.dialogue.collaboration.perspectives.all()
    root_of = roots(perspectives.merges())
    chosen = {root_of[key] for key in issue.links.values_list("perspective", flat=True)}
    heard, themes = _roles_heard(root_of, forms_apart_from(issue.dialogue)), _themes_of(root_of)
    choices = [
        PerspectiveChoice(
            perspective,
            ", ".join(themes[perspective.pk]),
            compute_breadth(heard[perspective.pk]),
            perspective.pk in chosen,
        )
        for perspective in perspectives.standing()
    ]
    return sorted(choices, key=lambda choice: (not choice.themes, choice.themes, str(choice.perspective).lower()))


def _roles_heard(root_of: dict[int, int], apart: Collection[int]) -> dict[int, list[HeardRole]]:
    """The roles behind each perspective, but not in the forms `apart`; a statement attached in two ways counts once."""
    confirmed = Statement.objects.filter(state=Statement.State.CONFIRMED).exclude(wave__survey__in=apart)
    attachments = Attachment.objects.current().filter(perspective__in=root_of, statement__in=confirmed)
    statements = {
        (root_of[perspective], statement, role)
        for perspective, statement, role in attachments.values_list("perspective", "statement", "statement__role")
    }
    heard: dict[int, list[HeardRole]] = defaultdict(list)
    for perspective, _, role in statements:
        heard[perspective].append(HeardRole(role))
    return heard


def _themes_of(root_of: dict[int, int]) -> dict[int, list[str]]:
    placements = ThemePerspective.objects.filter(perspective__in=root_of, theme__retired_at__isnull=True)
    themes: dict[int, list[str]] = defaultdict(list)
    for placement in placements.select_related("theme").order_by("theme__position", "theme"):
        names = themes[root_of[placement.perspective_id]]
        if str(placement.theme) not in names:
            names.append(str(placement.theme))
    return themes


def group_opposites(chosen: Sequence[PerspectiveChoice]) -> list[list[PerspectiveChoice]]:
    """Group each choice with its opposites among the others, keeping the order. Two queries."""
    by_key = {choice.perspective.pk: choice for choice in chosen}
    collaborations = {choice.perspective.collaboration_id for choice in chosen}
    root_of = roots(Perspective.objects.filter(collaboration__in=collaborations).merges())
    against: dict[int, set[int]] = defaultdict(set)
    for side, opposite in Polarity.objects.filter(one__in=root_of).values_list("one", "other"):
        against[root_of[side]].add(root_of[opposite])
        against[root_of[opposite]].add(root_of[side])
    groups: list[list[PerspectiveChoice]] = []
    placed: set[int] = set()
    for key in by_key:
        if key not in placed:
            members = [other for other in by_key if other == key or (other in against[key] and other not in placed)]
            placed |= {*members}
            groups.append([by_key[member] for member in members])
    return groups
