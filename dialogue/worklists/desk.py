"""My desk: what somebody who signs in has to do with, whatever places she has."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from actors.models import Affiliation, Collaboration, Organisation, Partnership, User
from dialogue.activities.silence import has_gone_silent, with_last_news
from dialogue.groups import member_page
from dialogue.models import (
    Activity,
    Commitment,
    ConcernedBody,
    Issue,
    PartDecision,
    PublishedReport,
    ReadConfirmation,
)
from dialogue.rules.activities import ENDS
from surveys.coding.reading_queue import count_unread


@dataclass(frozen=True)
class Coordinated:
    """A collaboration that she runs."""

    collaboration: Collaboration
    unread: int


@dataclass(frozen=True)
class Body:
    """A body she belongs to, with its places in collaborations and the issues that concern it."""

    affiliation: Affiliation
    partnerships: tuple[Partnership, ...]
    concerned: tuple[ConcernedBody, ...]


@dataclass(frozen=True)
class ToDecide:
    """What a body of hers has been asked to decide."""

    part: PartDecision
    lies_with: str  # the colleague who has it, or who may answer; empty when it waits for her


@dataclass(frozen=True)
class ToRead:
    """A report about what concerns a body of hers, which has not said that it has read it."""

    report: PublishedReport
    organisation: Organisation


@dataclass(frozen=True)
class Led:
    """An activity that a body of hers leads."""

    activity: Activity
    is_silent: bool


@dataclass(frozen=True)
class Desk:
    """All that lies on it."""

    decide: tuple[ToDecide, ...]
    reply: tuple[Commitment, ...]
    read: tuple[ToRead, ...]
    led: tuple[Led, ...]
    coordinated: tuple[Coordinated, ...]
    bodies: tuple[Body, ...]
    groups: tuple[member_page.MyGroupRow, ...]
    reports: tuple[PublishedReport, ...]

    @property
    def waits(self) -> bool:
        """Whether anything waits for her or for her bodies."""
        return bool(self.decide or self.reply or self.read or any(one.is_silent for one in self.led))

    @property
    def is_empty(self) -> bool:
        """She has no place anywhere yet."""
        return not self.coordinated and not self.bodies and not self.groups


def of(user: User) -> Desk:
    """The desk of a user. The number of queries does not depend on how many places she has."""
    mine = list(Collaboration.objects.coordinated_by(user).order_by("name"))
    waiting = count_unread(mine)
    bodies = tuple(_bodies(user))
    theirs = {one.collaboration_id for body in bodies for one in body.partnerships}
    reports = PublishedReport.objects.standing().filter(
        dialogue__collaboration__in={*theirs, *(one.pk for one in mine)}
    )
    places = [body.affiliation for body in bodies]
    return Desk(
        decide=tuple(_to_decide(user, places)),
        reply=tuple(_to_reply(user)),
        read=tuple(_to_read(places)),
        led=tuple(_led(user, timezone.localdate())),
        coordinated=tuple(Coordinated(one, waiting[one.pk]) for one in mine),
        bodies=bodies,
        groups=tuple(member_page.list_my_groups(user)),
        reports=tuple(reports.select_related("dialogue__collaboration")),
    )


def _bodies(user: User) -> list[Body]:
    places = list(user.affiliations.current().select_related("organisation").order_by("organisation__name"))
    there = [one.organisation_id for one in places]
    partnerships = list(
        Partnership.objects.current().filter(organisation__in=there).select_related("collaboration", "organisation")
    )
    concerned = list(
        ConcernedBody.objects.filter(
            organisation__in=there, issue__in=Issue.objects.public(), issue__dialogue__is_current=True
        )
        .select_related("issue__dialogue__collaboration")
        .order_by("issue__position", "issue")
    )
    return [
        Body(
            one,
            tuple(each for each in partnerships if each.organisation_id == one.organisation_id),
            tuple(each for each in concerned if each.organisation_id == one.organisation_id),
        )
        for one in places
    ]


def _to_decide(user: User, places: Sequence[Affiliation]) -> list[ToDecide]:
    may = {one.organisation_id for one in places if one.may_register_decisions}
    related = ("organisation", "held_by", "decision__dialogue__collaboration")
    asked = PartDecision.objects.open().of_bodies_of(user).select_related(*related)
    found = []
    for part in asked.order_by(F("due_on").asc(nulls_last=True), "pk"):
        with_another = str(part.held_by) if part.held_by and part.held_by != user else ""
        nobody_yet = "" if part.organisation_id in may else "den som får svara"
        found.append(ToDecide(part, with_another or nobody_yet))
    return sorted(found, key=lambda one: bool(one.lies_with))


def _to_reply(user: User) -> list[Commitment]:
    asked = Commitment.objects.open().of_bodies_of(user)
    related = ("organisation", "activity__dialogue__collaboration")
    return list(asked.select_related(*related).order_by(F("due_on").asc(nulls_last=True), "pk"))


def _to_read(places: Sequence[Affiliation]) -> list[ToRead]:
    """Only what concerns the body is waited for: that is what the staircase asks about."""
    bodies = {one.organisation_id: one.organisation for one in places}
    reports = PublishedReport.objects.standing().filter(
        dialogue__is_current=True, issues__concerned__organisation__in=bodies
    )
    pairs = set(reports.values_list("pk", "issues__concerned__organisation"))
    read = ReadConfirmation.objects.filter(organisation__in=bodies, report__in=[report for report, _ in pairs])
    waiting = pairs - set(read.values_list("report", "organisation"))
    shown = PublishedReport.objects.select_related("dialogue__collaboration")
    by_key = {one.pk: one for one in shown.filter(pk__in=[report for report, _ in waiting])}
    return [ToRead(by_key[report], bodies[body]) for report, body in sorted(waiting)]


def _led(user: User, today: dt.date) -> list[Led]:
    going_on = Activity.objects.led_by_bodies_of(user).exclude(state__in=ENDS).order_by("start", "pk")
    found = [Led(one, has_gone_silent(one, today)) for one in with_last_news(going_on)]
    return sorted(found, key=lambda one: not one.is_silent)
