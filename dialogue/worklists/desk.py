"""My desk: what waits for a person who signs in, and what concerns her and her organisations."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from actors.models import Affiliation, Collaboration, Mandate, Organisation, Partnership, User
from dialogue.activities.silence import has_gone_silent, with_last_news
from dialogue.groups import member_page
from dialogue.lists.listed_rows import count_unanswered
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
from dialogue.worklists.own_rights import HelperDuty, OwnRight, helper_duties, own_rights
from dialogue.worklists.start_list import still_starting
from surveys.coding.reading_queue import count_unread

WITH_MANDATE = "den som har mandat att svara"


@dataclass(frozen=True)
class CoordinatedCollaboration:
    """A collaboration that she coordinates."""

    collaboration: Collaboration
    unread: int  # texts that nobody has gone through
    is_starting: bool  # its start list is on its first page


@dataclass(frozen=True)
class DeskBody:
    """A body she belongs to, with its partnerships and the issues that concern it."""

    affiliation: Affiliation
    partnerships: tuple[Partnership, ...]
    concerned: tuple[ConcernedBody, ...]


@dataclass(frozen=True)
class PartToDecide:
    """A part of a decision that a body of hers has been asked for."""

    part: PartDecision
    lies_with: str  # who it waits for, when it is not her; empty when it waits for her


@dataclass(frozen=True)
class CommitmentToReply:
    """A commitment that a body of hers has been asked for."""

    commitment: Commitment
    lies_with: str  # as of PartToDecide


@dataclass(frozen=True)
class ReportToRead:
    """A report on issues that concern a body of hers, which has not confirmed that it has read it."""

    report: PublishedReport
    organisation: Organisation


@dataclass(frozen=True)
class LedActivity:
    """An activity that a body of hers leads."""

    activity: Activity
    is_silent: bool


@dataclass(frozen=True)
class Desk:
    """All that the page of the desk shows."""

    decide: tuple[PartToDecide, ...]
    reply: tuple[CommitmentToReply, ...]
    read: tuple[ReportToRead, ...]
    led: tuple[LedActivity, ...]
    coordinated: tuple[CoordinatedCollaboration, ...]
    bodies: tuple[DeskBody, ...]
    groups: tuple[member_page.MyGroupRow, ...]
    reports: tuple[PublishedReport, ...]
    unconfirmed: tuple[Mandate, ...]  # hers that the body has not confirmed yet
    protected: tuple[Collaboration, ...]  # those whose data-protection officer she is
    said: int  # rows of lists about bodies of hers that nobody has confirmed or contested
    administers: bool  # whether the administration is open to her
    helps: tuple[HelperDuty, ...]  # her tasks as helper
    rights: tuple[OwnRight, ...]  # all that she may do

    @property
    def waits(self) -> bool:
        """Whether anything waits for her or for her bodies."""
        return bool(self.decide or self.reply or self.read or any(led.is_silent for led in self.led))

    @property
    def has_nothing_waiting(self) -> bool:
        """Whether nothing waits for somebody at a body, nor her mandate or the body's words for others."""
        unread = any(not part.is_confirmed for body in self.bodies for part in body.partnerships)
        return bool(self.bodies) and not (self.waits or self.unconfirmed or self.coordinated or unread)

    @property
    def is_empty(self) -> bool:
        """Whether she has no place anywhere yet."""
        has_duty = bool(self.protected) or self.administers or bool(self.helps)
        return not (self.coordinated or self.bodies or self.groups or has_duty)


def build_desk(user: User) -> Desk:
    """The desk of a user. The number of queries does not depend on how many places she has."""
    mine = list(Collaboration.objects.real().prepared_by(user).order_by("name"))
    unread, starting = count_unread(mine), still_starting(mine)
    bodies = tuple(_bodies(user))
    theirs = {partnership.collaboration_id for body in bodies for partnership in body.partnerships}
    reports = PublishedReport.objects.standing().filter(
        dialogue__collaboration__in={*theirs, *(collaboration.pk for collaboration in mine)}
    )
    places = [body.affiliation for body in bodies]
    groups, helps = tuple(member_page.list_my_groups(user)), tuple(helper_duties(user))
    return Desk(
        decide=tuple(_to_decide(user)),
        reply=tuple(_to_reply(user)),
        read=tuple(_to_read(user, places)),
        led=tuple(_led(user, timezone.localdate())),
        coordinated=tuple(CoordinatedCollaboration(row, unread[row.pk], row.pk in starting) for row in mine),
        bodies=bodies,
        groups=groups,
        reports=tuple(reports.select_related("dialogue__collaboration")),
        unconfirmed=tuple(user.mandates.waiting().select_related("organisation", "collaboration")),
        protected=tuple(Collaboration.objects.protected_by(user).order_by("name")),
        said=count_unanswered(user),
        administers=user.is_staff,
        helps=helps,
        rights=tuple(own_rights(user, places, groups, helps)),
    )


def _bodies(user: User) -> list[DeskBody]:
    places = list(user.affiliations.current().select_related("organisation").order_by("organisation__name"))
    organisations = [place.organisation_id for place in places]
    partnerships = list(
        Partnership.objects.current()
        .filter(organisation__in=organisations)
        .select_related("collaboration", "organisation")
    )
    concerned = list(
        ConcernedBody.objects.filter(
            organisation__in=organisations, issue__in=Issue.objects.public(), issue__dialogue__is_current=True
        )
        .select_related("issue__dialogue__collaboration")
        .prefetch_related("issue__dialogue__stages")
        .order_by("issue__position", "issue")
    )
    return [
        DeskBody(
            place,
            tuple(partnership for partnership in partnerships if partnership.organisation_id == place.organisation_id),
            tuple(body for body in concerned if body.organisation_id == place.organisation_id),
        )
        for place in places
    ]


def _to_decide(user: User) -> list[PartToDecide]:
    may_answer = set(PartDecision.objects.awaiting(user).values_list("pk", flat=True))
    related = ("organisation", "held_by", "decision__dialogue__collaboration")
    asked = PartDecision.objects.open().of_bodies_of(user).select_related(*related).prefetch_related("transfers")
    parts = []
    for part in asked.order_by(F("due_on").asc(nulls_last=True), "pk"):
        with_another = str(part.held_by) if part.held_by and part.held_by != user else ""
        nobody_yet = "" if part.pk in may_answer else WITH_MANDATE
        parts.append(PartToDecide(part, with_another or nobody_yet))
    return sorted(parts, key=lambda to_decide: bool(to_decide.lies_with))


def _to_reply(user: User) -> list[CommitmentToReply]:
    may_answer = set(Commitment.objects.open().answerable_by(user).values_list("pk", flat=True))
    asked = Commitment.objects.open().of_bodies_of(user)
    related = ("organisation", "activity__dialogue__collaboration")
    replies = [
        CommitmentToReply(commitment, "" if commitment.pk in may_answer else WITH_MANDATE)
        for commitment in asked.select_related(*related).order_by(F("due_on").asc(nulls_last=True), "pk")
    ]
    return sorted(replies, key=lambda reply: bool(reply.lies_with))


def _to_read(user: User, places: Sequence[Affiliation]) -> list[ReportToRead]:
    """Reports on issues that concern the body: the gates of the staircase only ask for these.

    Only where she has a mandate to answer for it.
    """
    bodies = {place.organisation_id: place.organisation for place in places}
    reports = PublishedReport.objects.standing().filter(
        dialogue__is_current=True, issues__concerned__organisation__in=bodies
    )
    hers = Mandate.objects.in_force().filter(person=user, collaboration=OuterRef("dialogue__collaboration"))
    answers = Exists(hers.filter(organisation=OuterRef("issues__concerned__organisation")))
    pairs = set(reports.filter(answers).values_list("pk", "issues__concerned__organisation"))
    read = ReadConfirmation.objects.filter(organisation__in=bodies, report__in=[report for report, _ in pairs])
    waiting = pairs - set(read.values_list("report", "organisation"))
    related = PublishedReport.objects.select_related("dialogue__collaboration")
    by_key = related.in_bulk([report for report, _ in waiting])
    return [ReportToRead(by_key[report], bodies[body]) for report, body in sorted(waiting)]


def _led(user: User, today: dt.date) -> list[LedActivity]:
    going_on = Activity.objects.led_on_mandate_of(user).exclude(state__in=ENDS).order_by("start", "pk")
    activities = [LedActivity(activity, has_gone_silent(activity, today)) for activity in with_last_news(going_on)]
    return sorted(activities, key=lambda led: not led.is_silent)
