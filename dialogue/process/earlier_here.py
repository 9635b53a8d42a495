"""What other dialogues in the same place were about and what came of them, for whoever plans one.

Of other collaborations public facts alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from actors.models import Collaboration
from dialogue.models import Activity, Commitment, Dialogue, Issue, PublishedReport
from dialogue.rules.activities import ENDS
from surveys.models import ThemePerspective


@dataclass(frozen=True)
class EarlierHere:
    """A dialogue that goes on or has ended: what was said, promised and done."""

    dialogue: Dialogue
    themes: tuple[str, ...]  # that its public issues rest on; of the own collaboration's alone
    reports: tuple[PublishedReport, ...]
    issues: int
    answered: int  # issues whose askers have an answer
    promised: int  # commitments that bodies have accepted
    finished: int  # activities that are over, whatever the end
    going_on: int  # activities


def list_earlier_here(collaboration: Collaboration) -> list[EarlierHere]:
    """Return those of the collaboration and of others in the same area, the latest first. Seven queries at most."""
    dialogues = list(_dialogues(collaboration).select_related("collaboration", "guiding_question").order_by("-pk"))
    keys = [dialogue.pk for dialogue in dialogues]
    own = [dialogue.pk for dialogue in dialogues if dialogue.collaboration_id == collaboration.pk]
    themes, reports = _themes(own), _reports(keys)
    public = Issue.objects.public().filter(dialogue__in=keys)
    activities = Activity.objects.filter(pk__in=Activity.objects.public().filter(dialogue__in=keys).values("pk"))
    numbers = {
        "issues": _by_dialogue(public, "dialogue"),
        "answered": _by_dialogue(Issue.objects.filter(pk__in=public.answered().values("pk")), "dialogue"),
        "promised": _by_dialogue(Commitment.objects.accepted().filter(activity__in=activities), "activity__dialogue"),
        "finished": _by_dialogue(activities.filter(state__in=ENDS), "dialogue"),
        "going_on": _by_dialogue(activities.exclude(state__in=ENDS), "dialogue"),
    }
    return [
        EarlierHere(
            dialogue,
            tuple(themes[dialogue.pk]),
            tuple(reports[dialogue.pk]),
            **{name: counted[dialogue.pk] for name, counted in numbers.items()},
        )
        for dialogue in dialogues
    ]


def _dialogues(collaboration: Collaboration) -> QuerySet[Dialogue]:
    places = Collaboration.objects.filter(pk=collaboration.pk)
    if collaboration.area:
        places |= Collaboration.objects.public().filter(area__iexact=collaboration.area, is_demo=collaboration.is_demo)
    return Dialogue.objects.begun().filter(collaboration__in=places)


def _by_dialogue(rows: "QuerySet[Issue] | QuerySet[Activity] | QuerySet[Commitment]", path: str) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(path).annotate(number=Count("pk"))))


def _themes(dialogues: Sequence[int]) -> dict[int, list[str]]:
    """The titles of the themes that the public issues of each rest on, in the order of the codebook.

    Only for those who work with that codebook: a theme is public when a report has been published with it, no sooner.
    """
    issue = "perspective__issue_links__issue__"
    rows = ThemePerspective.objects.filter(
        **{f"{issue}dialogue__in": dialogues, f"{issue}published_at__isnull": False}, theme__retired_at__isnull=True
    )
    themes: dict[int, list[str]] = defaultdict(list)
    for dialogue, title in rows.order_by("theme__position", "theme").values_list(f"{issue}dialogue", "theme__title"):
        if title.get("sv", "") not in themes[dialogue]:
            themes[dialogue].append(title.get("sv", ""))
    return themes


def _reports(dialogues: Iterable[int]) -> dict[int, list[PublishedReport]]:
    reports: dict[int, list[PublishedReport]] = defaultdict(list)
    for report in PublishedReport.objects.standing().filter(dialogue__in=dialogues).order_by("published_at"):
        reports[report.dialogue_id].append(report)
    return reports
