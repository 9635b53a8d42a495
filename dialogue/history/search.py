"""Why did we decide so? Search over issues, decisions, proposals, minutes, reports, activities and letters.

Whole Swedish words by their stem, and parts of compounds. Never what a person said, and never who follows.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from actors.models import Collaboration
from dialogue.models import (
    Activity,
    ActivityEvent,
    Addition,
    Adjustment,
    Decision,
    Issue,
    Meeting,
    MinuteItem,
    OutsideQuestion,
    PartDecision,
    Petition,
    Proposal,
    PublishedReport,
)
from ostberga.lib.excerpts import excerpt, highlight

LONGEST = 200  # signs of a question; more is a pasted text, not a search
SHORTEST = 2
MOST = 30  # hits of one kind; who gets more needs another word


@dataclass(frozen=True)
class Hit:
    """Something found, and the way into its story."""

    title: SafeString
    excerpt: SafeString
    address: str  # the story, at the right place
    on: dt.date
    about: str = ""  # the issue or the group
    page: str = ""  # its own page in the workshop


@dataclass(frozen=True)
class Kind:
    """The hits of one kind, newest first."""

    name: str
    hits: tuple[Hit, ...]
    is_cut: bool  # there were more


@dataclass(frozen=True)
class Found:
    """What a search gave."""

    typed: str
    kinds: tuple[Kind, ...] = ()
    is_short: bool = False
    is_long: bool = False  # only the beginning was searched for

    @property
    def number(self) -> int:
        """How many hits there are."""
        return sum(len(one.hits) for one in self.kinds)


def search(collaboration: Collaboration, typed: str) -> Found:
    """Everything in a collaboration with every word asked for. A constant number of queries."""
    asked = " ".join(typed.split())
    words = asked[:LONGEST].split()
    if len(asked) < SHORTEST:
        return Found(asked, is_short=bool(asked))
    kinds = (_kind(name, find(collaboration, words)) for name, find in _KINDS)
    return Found(asked[:LONGEST], tuple(one for one in kinds if one.hits), is_long=len(asked) > LONGEST)


def _kind(name: str, hits: Iterator[Hit]) -> Kind:
    found = sorted(hits, key=_day, reverse=True)
    return Kind(name, tuple(found[:MOST]), len(found) > MOST)


def _day(hit: Hit) -> dt.date:
    return hit.on


def _having(rows: "QuerySet[Any]", words: Iterable[str], *fields: str) -> "QuerySet[Any]":
    """Those where every word stands in one of the fields: by its stem, or as a part of another word."""
    texts = {f"text_{turn}": _text(name) for turn, name in enumerate(fields)}
    rows = rows.annotate(**texts).annotate(vector=SearchVector(*texts, config="swedish"))
    for word in words:
        parts = [Q((f"{name}__icontains", word)) for name in texts]
        any_of = Q(vector=SearchQuery(word, config="swedish"))
        for one in parts:
            any_of |= one
        rows = rows.filter(any_of)
    return rows


def _text(name: str) -> Combinable:
    """A field's text; of what exists in several languages the Swedish."""
    *path, last = name.split(".")
    text = KeyTextTransform(last, path[0]) if path else F(name)
    return Coalesce(text, Value(""), output_field=TextField())


def _story(issue: Issue | None, anchor: str, collaboration: Collaboration, *own: Any) -> str:
    """The public story of the issue, opened at the right place; its page in the workshop while nobody else sees it."""
    if issue is None:
        return reverse(f"coordinate:{own[0]}", args=[collaboration.slug, *own[1:]])
    if issue.published_at is None:
        return reverse("coordinate:issue", args=[collaboration.slug, issue.pk])
    return f"{issue.get_absolute_url()}#{anchor}" if anchor else issue.get_absolute_url()


def _issues(collaboration: Collaboration, words: list[str]) -> Iterator[Hit]:
    rows = Issue.objects.filter(dialogue__collaboration=collaboration).select_related("dialogue__collaboration")
    for one in _having(rows, words, "title.sv", "description.sv"):
        begun = timezone.localdate(one.published_at) if one.published_at else dt.date.min
        page = reverse("coordinate:issue", args=[collaboration.slug, one.pk])
        text = excerpt(one.description.get("sv", ""), words)
        yield Hit(highlight(str(one), words), text, _story(one, "", collaboration), begun, page=page)


def _decisions(collaboration: Collaboration, words: list[str]) -> Iterator[Hit]:
    """By what was asked, and by what any body answered: the words of an answer lead to that answer."""
    rows = Decision.objects.filter(dialogue__collaboration=collaboration)
    own = _having(rows, words, "title.sv", "public_text.sv", "ask", "if_yes", "if_no")
    parts = _having(
        PartDecision.objects.filter(decision__in=rows),
        words,
        "motivation",
        "conditions",
        "reservations",
        "paragraph",
        "registry_number",
    ).select_related("organisation")
    said = {part.decision_id: part for part in parts}
    found = rows.filter(Q(pk__in=own.values("pk")) | Q(pk__in=said))
    about = Prefetch("issues", Issue.objects.select_related("dialogue__collaboration"))
    for one in found.prefetch_related(about):
        part, issue = said.get(one.pk), next(iter(one.issues.all()), None)
        text = f"{part.organisation}: {part.motivation} {part.conditions}" if part else _said_of(one)
        yield Hit(
            highlight(str(one), words),
            excerpt(text, words),
            _story(issue, f"beslut-{one.pk}", collaboration, "decision", one.pk),
            one.settled_on or timezone.localdate(one.requested_at),
            about=str(issue or ""),
            page=reverse("coordinate:decision", args=[collaboration.slug, one.pk]),
        )


def _said_of(decision: Decision) -> str:
    return f"{decision.public_text.get('sv', '')} {decision.ask} {decision.if_yes} {decision.if_no}"


def _proposals(collaboration: Collaboration, words: list[str]) -> Iterator[Hit]:
    rows = Proposal.objects.filter(issue__dialogue__collaboration=collaboration)
    found = _having(rows, words, "title.sv", "what.sv", "dissent", "place", "withdrawn_reason")
    for one in found.select_related("issue__dialogue__collaboration"):
        page = reverse("coordinate:proposal", args=[collaboration.slug, one.pk])
        story = _story(one.issue, f"forslag-{one.pk}", collaboration) if one.stands_since else page
        on = one.stands_since or timezone.localdate(one.written_at)
        text = excerpt(f"{one.what.get('sv', '')} {one.dissent}", words)
        yield Hit(highlight(str(one), words), text, story, on, about=str(one.issue), page=page)


def _minutes(collaboration: Collaboration, words: list[str]) -> Iterator[Hit]:
    """Meetings by what was written in them, what the group keeps to itself too: the coordinator may read it."""
    meetings = Meeting.objects.filter(group__dialogue__collaboration=collaboration)
    items = _having(MinuteItem.objects.standing().filter(meeting__in=meetings), words, "text")
    said: dict[int, list[str]] = defaultdict(list)
    for meeting, text in items.order_by("position").values_list("meeting", "text"):
        said[meeting].append(text)
    added = _having(Addition.objects.filter(meeting__in=meetings), words, "text")
    for meeting, text in added.values_list("meeting", "text"):
        said[meeting].append(text)
    noted = _having(meetings, words, "notes")
    for one in meetings.filter(Q(pk__in=said) | Q(pk__in=noted.values("pk"))).select_related("group"):
        text = " … ".join(said[one.pk] or [one.notes])
        address = reverse("coordinate:meeting", args=[collaboration.slug, one.pk])
        yield Hit(highlight(str(one.group), words), excerpt(text, words), address, one.on)


def _reports(collaboration: Collaboration, words: list[str]) -> Iterator[Hit]:
    rows = PublishedReport.objects.filter(dialogue__collaboration=collaboration)
    for one in _having(rows, words, "title", "withdrawn_reason"):
        address = reverse("reports:report", args=[collaboration.slug, one.slug])
        text = excerpt(f"Tillbakadragen: {one.withdrawn_reason}" if one.withdrawn_at else "", words)
        yield Hit(highlight(one.title, words), text, address, timezone.localdate(one.published_at))


def _activities(collaboration: Collaboration, words: list[str]) -> Iterator[Hit]:
    """By what is to be done, how it went, and what was told on the way."""
    rows = Activity.objects.filter(dialogue__collaboration=collaboration)
    own = _having(rows, words, "title.sv", "description.sv", "outcome.sv", "place", "concern", "carried_on_by")
    news = _having(ActivityEvent.objects.filter(activity__in=rows), words, "text")
    told = dict(news.values_list("activity", "text"))
    found = rows.filter(Q(pk__in=own.values("pk")) | Q(pk__in=told)).select_related("issue__dialogue__collaboration")
    for one in found:
        text = told.get(one.pk, f"{one.description.get('sv', '')} {one.outcome.get('sv', '')} {one.concern}")
        page = reverse("coordinate:activity", args=[collaboration.slug, one.pk])
        story = _story(one.issue, f"aktivitet-{one.pk}", collaboration)
        yield Hit(highlight(str(one), words), excerpt(text, words), story, one.start, about=str(one.issue), page=page)


def _outside(collaboration: Collaboration, words: list[str]) -> Iterator[Hit]:
    kinds = ((Petition, "petition", ("subject.sv", "reply.sv", "source")), (OutsideQuestion, "outside", _LETTER))
    for model, anchor, fields in kinds:
        rows: QuerySet[Any] = model.objects.filter(issue__dialogue__collaboration=collaboration)
        for one in _having(rows, words, *fields).select_related("issue__dialogue__collaboration", "addressee"):
            text = f"{one.addressee}: {getattr(one, 'text', '')} {one.reply.get('sv', '')}"
            story = _story(one.issue, f"{anchor}-{one.pk}", collaboration)
            yield Hit(highlight(str(one), words), excerpt(text, words), story, one.sent_on, about=str(one.issue))


def _adjustments(collaboration: Collaboration, words: list[str]) -> Iterator[Hit]:
    address = reverse("coordinate:adjusting", args=[collaboration.slug])
    for one in _having(Adjustment.objects.filter(collaboration=collaboration), words, "what", "why", "who"):
        yield Hit(highlight(one.what, words), excerpt(f"{one.why} {one.who}", words), address, one.on)


_LETTER = ("subject.sv", "text", "reply.sv")
_KINDS: tuple[tuple[str, Callable[[Collaboration, list[str]], Iterator[Hit]]], ...] = (
    ("Sakfrågor", _issues),
    ("Beslut", _decisions),
    ("Förslag", _proposals),
    ("Möten", _minutes),
    ("Rapporter", _reports),
    ("Aktiviteter", _activities),
    ("Till dem utanför", _outside),
    ("Ändrat arbetssätt", _adjustments),
)
