"""What the coordinator's search finds of dialogues and perspectives, and of decisions and activities of lists."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration
from dialogue.history.search_hits import SearchHit
from dialogue.models import Dialogue, ListedActivity, ListedDecision
from ostberga.lib.searching.excerpts import excerpt, highlight
from ostberga.lib.searching.words import Words, matching
from surveys.models import Perspective


def find_dialogues(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    """Dialogues by their name, question and texts, those that are prepared too."""
    rows = Dialogue.objects.filter(collaboration=collaboration).select_related("guiding_question")
    texts = ("title.sv", "guiding_question__text.sv", "purpose.sv", "can_influence.sv", "cannot_influence.sv")
    for dialogue in matching(rows, words, *texts):
        address = reverse("coordinate:dialogue", args=[collaboration.slug, dialogue.pk])
        text = f"{dialogue.guiding_question} {dialogue.purpose.get('sv', '')}"
        begun = dialogue.started_on or dt.date.max  # one that is prepared comes first
        yield SearchHit(highlight(str(dialogue), words), excerpt(text, words), address, begun)


def find_perspectives(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    """Perspectives that stand, by the coordinator's words about them, never by what was said."""
    rows = Perspective.objects.standing().filter(collaboration=collaboration)
    for perspective in matching(rows, words, "title.sv", "description"):
        formulated, text = timezone.localdate(perspective.created_at), excerpt(perspective.description, words)
        yield SearchHit(highlight(str(perspective), words), text, perspective.get_absolute_url(), formulated)


def find_listed(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    """Rows of lists, by what they say; each leads to the page of its kind, where it can be taken away."""
    decisions = ListedDecision.objects.filter(dialogue__collaboration=collaboration)
    for decision in matching(decisions, words, "title", "motivation", "conditions").select_related("organisation"):
        address = reverse("coordinate:listed", args=[collaboration.slug, "beslut"])
        text = f"{decision.organisation}, enligt {decision.source}. {decision.motivation}"
        yield SearchHit(highlight(decision.title, words), excerpt(text, words), address, decision.decided_on)
    activities = ListedActivity.objects.filter(dialogue__collaboration=collaboration)
    for activity in matching(activities, words, "title", "description", "outcome", "place"):
        address = reverse("coordinate:listed", args=[collaboration.slug, "aktiviteter"])
        text = f"Enligt {activity.source}. {activity.description} {activity.outcome}"
        begun = activity.start or timezone.localdate(activity.entered_at)
        yield SearchHit(highlight(activity.title, words), excerpt(text, words), address, begun)
