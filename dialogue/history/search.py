"""The coordinator's search over issues, decisions, proposals, minutes, reports, activities, perspectives and names.

Finds Swedish words by their stem, parts of compounds, and earlier names. Statements and followers are never searched.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration
from dialogue.history import search_dialogues, search_names
from dialogue.history.search_hits import SearchHit, tell_earlier
from dialogue.models import (
    Activity,
    ActivityEvent,
    Addition,
    Adjustment,
    Decision,
    FormerIssueTitle,
    Issue,
    Meeting,
    MinuteItem,
    OutsideQuestion,
    PartDecision,
    Petition,
    Proposal,
    PublishedReport,
)
from ostberga.lib.folding import split_terms
from ostberga.lib.searching.excerpts import excerpt, highlight
from ostberga.lib.searching.words import MisspeltWords, Words, matching

MAX_CHARACTERS = 200  # longer than this is a pasted text, not a search
MIN_CHARACTERS = 2
MAX_HITS = 30  # shown of one kind


@dataclass(frozen=True)
class HitGroup:
    """The hits of one kind, newest first."""

    name: str
    hits: tuple[SearchHit, ...]
    is_cut: bool  # there were more


@dataclass(frozen=True)
class SearchResult:
    """The hits of a search, by kind."""

    typed: str
    groups: tuple[HitGroup, ...] = ()
    is_short: bool = False  # too short to search for
    is_long: bool = False  # only the beginning was searched for
    is_guess: bool = False  # nothing holds the words as they were typed: these are like them

    @property
    def number(self) -> int:
        """How many hits there are."""
        return sum(len(group.hits) for group in self.groups)


def search(collaboration: Collaboration, typed: str) -> SearchResult:
    """All texts of a collaboration that hold every typed word, or when there are none, words like them.

    A constant number of queries, twice as many when nothing holds the words as they were typed.
    """
    text = " ".join(typed.split())
    words = Words(split_terms(text[:MAX_CHARACTERS]))
    if len(text) < MIN_CHARACTERS or not words:
        return SearchResult(text, is_short=bool(text))
    exact = _find_all(collaboration, words)
    groups = exact or _find_all(collaboration, MisspeltWords(words))
    is_guess = bool(groups) and not exact
    return SearchResult(text[:MAX_CHARACTERS], groups, is_long=len(text) > MAX_CHARACTERS, is_guess=is_guess)


def _find_all(collaboration: Collaboration, words: Words) -> tuple[HitGroup, ...]:
    groups = (_build_group(name, find(collaboration, words)) for name, find in _FINDERS)
    return tuple(group for group in groups if group.hits)


def _build_group(name: str, unsorted: Iterator[SearchHit]) -> HitGroup:
    hits = sorted(unsorted, key=_day, reverse=True)
    return HitGroup(name, tuple(hits[:MAX_HITS]), len(hits) > MAX_HITS)


def _day(hit: SearchHit) -> dt.date:
    return hit.on


def _story_address(issue: Issue | None, anchor: str, collaboration: Collaboration, *own: Any) -> str:
    """The public story of the issue, opened at the right place; its page in the workshop while nobody else sees it."""
    if issue is None:
        return reverse(f"coordinate:{own[0]}", args=[collaboration.slug, *own[1:]])
    if issue.published_at is None:
        return reverse("coordinate:issue", args=[collaboration.slug, issue.pk])
    return f"{issue.get_absolute_url()}#{anchor}" if anchor else issue.get_absolute_url()


def _find_issues(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    rows = Issue.objects.filter(dialogue__collaboration=collaboration).select_related("dialogue__collaboration")
    rows = rows.annotate(earlier=search_names.earlier(FormerIssueTitle, "issue", KeyTextTransform("sv", "title")))
    for issue in matching(rows, words, "title.sv", "description.sv", "earlier"):
        begun = timezone.localdate(issue.published_at) if issue.published_at else dt.date.min
        page = reverse("coordinate:issue", args=[collaboration.slug, issue.pk])
        told = tell_earlier(issue.earlier, str(issue))
        text = excerpt(f"{told} {issue.description.get('sv', '')}".strip(), words)
        yield SearchHit(highlight(str(issue), words), text, _story_address(issue, "", collaboration), begun, page=page)


def _find_decisions(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    """Decisions by their own texts, and by the answers of the bodies; the excerpt of an answer goes first."""
    rows = Decision.objects.filter(dialogue__collaboration=collaboration)
    own = matching(rows, words, "title.sv", "public_text.sv", "ask", "if_yes", "if_no")
    parts = matching(
        PartDecision.objects.filter(decision__in=rows),
        words,
        "motivation",
        "conditions",
        "reservations",
        "paragraph",
        "registry_number",
    ).select_related("organisation")
    said = {part.decision_id: part for part in parts}
    decisions = rows.filter(Q(pk__in=own.values("pk")) | Q(pk__in=said))
    about = Prefetch("issues", Issue.objects.select_related("dialogue__collaboration"))
    for decision in decisions.prefetch_related(about):
        part, issue = said.get(decision.pk), next(iter(decision.issues.all()), None)
        text = f"{part.body}: {part.motivation} {part.conditions}" if part else _decision_text(decision)
        yield SearchHit(
            highlight(str(decision), words),
            excerpt(text, words),
            _story_address(issue, f"beslut-{decision.pk}", collaboration, "decision", decision.pk),
            decision.settled_on or timezone.localdate(decision.requested_at),
            about=str(issue or ""),
            page=reverse("coordinate:decision", args=[collaboration.slug, decision.pk]),
        )


def _decision_text(decision: Decision) -> str:
    return f"{decision.public_text.get('sv', '')} {decision.ask} {decision.if_yes} {decision.if_no}"


def _find_proposals(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    rows = Proposal.objects.filter(issue__dialogue__collaboration=collaboration)
    proposals = matching(rows, words, "title.sv", "what.sv", "dissent", "place", "withdrawn_reason")
    for proposal in proposals.select_related("issue__dialogue__collaboration"):
        page = reverse("coordinate:proposal", args=[collaboration.slug, proposal.pk])
        story = (
            _story_address(proposal.issue, f"forslag-{proposal.pk}", collaboration) if proposal.stands_since else page
        )
        on = proposal.stands_since or timezone.localdate(proposal.written_at)
        text = excerpt(f"{proposal.what.get('sv', '')} {proposal.dissent}", words)
        yield SearchHit(highlight(str(proposal), words), text, story, on, about=str(proposal.issue), page=page)


def _find_minutes(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    """Meetings by what was written in them, also lines only for the group: the coordinator may read them."""
    meetings = Meeting.objects.filter(group__dialogue__collaboration=collaboration)
    items = matching(MinuteItem.objects.standing().filter(meeting__in=meetings), words, "text")
    said: dict[int, list[str]] = defaultdict(list)
    for key, text in items.order_by("position").values_list("meeting", "text"):
        said[key].append(text)
    added = matching(Addition.objects.filter(meeting__in=meetings), words, "text")
    for key, text in added.values_list("meeting", "text"):
        said[key].append(text)
    noted = matching(meetings, words, "notes")
    for meeting in meetings.filter(Q(pk__in=said) | Q(pk__in=noted.values("pk"))).select_related("group"):
        text = " … ".join(said[meeting.pk] or [meeting.notes])
        address = reverse("coordinate:meeting", args=[collaboration.slug, meeting.pk])
        yield SearchHit(highlight(str(meeting.group), words), excerpt(text, words), address, meeting.on)


def _find_reports(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    rows = PublishedReport.objects.filter(dialogue__collaboration=collaboration)
    for report in matching(rows, words, "title", "withdrawn_reason"):
        address = reverse("reports:report", args=[collaboration.slug, report.slug])
        text = excerpt(f"Tillbakadragen: {report.withdrawn_reason}" if report.withdrawn_at else "", words)
        yield SearchHit(highlight(report.title, words), text, address, timezone.localdate(report.published_at))


def _find_activities(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    """Activities by their own texts, and by the news about them."""
    rows = Activity.objects.filter(dialogue__collaboration=collaboration)
    own = matching(rows, words, "title.sv", "description.sv", "outcome.sv", "place", "concern", "carried_on_by")
    news = matching(ActivityEvent.objects.filter(activity__in=rows), words, "said.sv", "text")
    told = {event.activity_id: event.in_swedish for event in news}
    activities = rows.filter(Q(pk__in=own.values("pk")) | Q(pk__in=told)).select_related(
        "issue__dialogue__collaboration"
    )
    for activity in activities:
        text = told.get(
            activity.pk, f"{activity.description.get('sv', '')} {activity.outcome.get('sv', '')} {activity.concern}"
        )
        page = reverse("coordinate:activity", args=[collaboration.slug, activity.pk])
        story = _story_address(activity.issue, f"aktivitet-{activity.pk}", collaboration)
        yield SearchHit(
            highlight(str(activity), words),
            excerpt(text, words),
            story,
            activity.start,
            about=str(activity.issue),
            page=page,
        )


def _find_outside(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    kinds = ((Petition, "petition", ("subject.sv", "reply.sv", "source")), (OutsideQuestion, "outside", _LETTER))
    for model, anchor, fields in kinds:
        rows: QuerySet[Any] = model.objects.filter(issue__dialogue__collaboration=collaboration)
        related = ("issue__dialogue__collaboration", "addressee", "own_words")
        for enquiry in matching(rows, words, *fields, "own_words__words").select_related(*related):
            own = getattr(getattr(enquiry, "own_words", None), "words", "")
            text = f"{enquiry.addressee}: {getattr(enquiry, 'text', '')} {enquiry.reply.get('sv', '')} {own}"
            story = _story_address(enquiry.issue, f"{anchor}-{enquiry.pk}", collaboration)
            yield SearchHit(
                highlight(str(enquiry), words), excerpt(text, words), story, enquiry.sent_on, about=str(enquiry.issue)
            )


def _find_adjustments(collaboration: Collaboration, words: Words) -> Iterator[SearchHit]:
    address = reverse("coordinate:adjusting", args=[collaboration.slug])
    for adjustment in matching(Adjustment.objects.filter(collaboration=collaboration), words, "what", "why", "who"):
        yield SearchHit(
            highlight(adjustment.what, words),
            excerpt(f"{adjustment.why} {adjustment.who}", words),
            address,
            adjustment.on,
        )


_LETTER = ("subject.sv", "text", "reply.sv")
_FINDERS: tuple[tuple[str, Callable[[Collaboration, Words], Iterator[SearchHit]]], ...] = (
    ("Sakfrågor", _find_issues),
    ("Beslut", _find_decisions),
    ("Förslag", _find_proposals),
    ("Möten", _find_minutes),
    ("Rapporter", _find_reports),
    ("Aktiviteter", _find_activities),
    ("Enligt listor", search_dialogues.find_listed),
    ("Till dem utanför", _find_outside),
    ("Ändrat arbetssätt", _find_adjustments),
    ("Dialoger", search_dialogues.find_dialogues),
    ("Perspektiv", search_dialogues.find_perspectives),
    ("Arbetsgrupper", search_names.find_groups),
    ("Organisationer", search_names.find_bodies),
    ("Personer", search_names.find_people),
    ("Samverkan", search_names.find_collaboration),
)
