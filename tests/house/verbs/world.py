"""A collaboration with one object of each kind, whoever may act in it, and those who may not."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from actors.models import (
    Collaboration,
    ExternalAddressee,
    FocusArea,
    Goal,
    HelperRole,
    JointPlan,
    Organisation,
    Partnership,
    User,
)
from actors.rules.helping import HelperTask
from dialogue.models import Dialogue, Issue, Meeting, MinuteItem, Proposal, PublishedReport, Seat, WorkingGroup
from reports.models import Report, ReportVersion
from surveys.models import (
    Attachment,
    Interview,
    Perspective,
    Pile,
    PiledText,
    Polarity,
    Question,
    Statement,
    Survey,
    Theme,
    Wave,
)
from surveys.statements.sources import Source
from tests import factories as make
from tests.house.helping import yesterday

TODAY = timezone.localdate


@dataclass(repr=False)
class World:
    """Everything that verbs act upon, by name."""

    place: Collaboration = field(default_factory=make.collaboration)
    body: Organisation = field(default_factory=lambda: make.organisation("Trafikkontoret"))
    coordinator: User = field(default_factory=make.user)
    official: User = field(default_factory=make.user)  # of the body
    colleague: User = field(default_factory=make.user)  # of the body
    member: User = field(default_factory=make.user)  # of the group
    interviewer: User = field(default_factory=make.user)  # a leader of conversations
    coder: User = field(default_factory=make.user)  # with a text and a statement in her piles
    communicator: User = field(default_factory=make.user)
    reader: User = field(default_factory=make.user)
    administrator: User = field(default_factory=lambda: make.user(is_superuser=True, is_staff=True))
    # These may do nothing: someone with no place here, the coordinator of another collaboration where the body is a
    # partner too, an official of another partner, and helpers with every task: of yesterday, and of elsewhere.
    stranger: User = field(default_factory=make.user)
    elsewhere: User = field(default_factory=make.user)
    neighbour: User = field(default_factory=make.user)
    expired: User = field(default_factory=make.user)
    helper_elsewhere: User = field(default_factory=make.user)

    def __post_init__(self) -> None:
        _fill_people(self)
        _fill_plan(self)
        _fill_surveys(self)
        _fill_codebook(self)
        _fill_helpers(self)
        _fill_dialogue(self)
        _fill_group(self)
        _fill_reports(self)

    partnership: Partnership = field(init=False)
    outside: Organisation = field(init=False)
    addressee: ExternalAddressee = field(init=False)
    plan: JointPlan = field(init=False)
    area: FocusArea = field(init=False)
    goal: Goal = field(init=False)
    survey: Survey = field(init=False)
    question: Question = field(init=False)
    wave: Wave = field(init=False)
    channel: Any = field(init=False)
    interview: Interview = field(init=False)
    source: Source = field(init=False)
    statement: Statement = field(init=False)
    perspective: Perspective = field(init=False)
    opposite: Perspective = field(init=False)
    theme: Theme = field(init=False)
    helper_role: HelperRole = field(init=False)
    pile: Pile = field(init=False)
    piled: PiledText = field(init=False)
    attachment: Attachment = field(init=False)
    polarity: Polarity = field(init=False)
    dialogue: Dialogue = field(init=False)
    issue: Issue = field(init=False)
    group: WorkingGroup = field(init=False)
    seat: Seat = field(init=False)
    own_seat: Seat = field(init=False)
    planned: Meeting = field(init=False)
    opened: Meeting = field(init=False)
    waiting: Meeting = field(init=False)
    locked: Meeting = field(init=False)
    line: MinuteItem = field(init=False)
    promise: MinuteItem = field(init=False)
    draft: Proposal = field(init=False)
    report: Report = field(init=False)
    version: ReportVersion = field(init=False)
    published: PublishedReport = field(init=False)


def _fill_people(world: World) -> None:
    now = timezone.now()
    other, culture = make.collaboration("annanstans"), make.organisation("Kultur")
    make.coordinator(world.place, world.coordinator)
    make.coordinator(other, world.elsewhere)
    world.partnership = make.partnership(world.place, world.body)
    make.partnership(world.place, culture)
    make.partnership(other, world.body)
    world.outside = make.organisation("Bussbolaget")
    world.addressee = world.place.addressees.create(organisation=world.outside, about={"sv": "Kör bussarna."})
    for person, body in ((world.official, world.body), (world.colleague, world.body), (world.neighbour, culture)):
        make.official(person, body)
        make.mandate(person, body, world.place)
    make.registry(world.body)
    # The other coordinator has invited herself to the body. It has not confirmed her.
    make.official(world.elsewhere, world.body)
    given = {"email": world.elsewhere.email, "organisation": world.body, "invited_by": world.elsewhere}
    other.invitations.create(**given, accepted_by=world.elsewhere, accepted_at=now, expires_at=now, token_hash="z")


def _fill_plan(world: World) -> None:
    world.plan = world.place.plans.create(title="Plan", starts_on=TODAY(), is_draft=True)
    world.area = world.plan.focus_areas.create(name="Ljus")
    world.goal = world.area.goals.create(text="Alla ser vägen")


def _fill_surveys(world: World) -> None:
    world.survey = make.survey(world.place)
    world.question = make.question(world.survey)
    world.wave = make.wave(world.survey)
    world.channel = make.channel(world.survey)
    world.interview = make.interview(world.wave, world.coordinator, "Mer ljus. Mindre ljud.")
    world.source = Source(make.answer(world.wave, "Mer ljus."))
    world.statement = make.statement(world.wave)


def _fill_codebook(world: World) -> None:
    by = world.coordinator
    world.perspective = make.perspective(world.place, by)
    world.opposite = make.perspective(world.place, by, "Vi som vill sova")
    world.theme = make.theme(world.place)
    said = make.statement(world.wave, by=by)
    world.attachment = Attachment.objects.create(statement=said, perspective=world.perspective, attached_by=by)
    world.polarity = Polarity.objects.create(one=world.perspective, other=world.opposite)


def _fill_helpers(world: World) -> None:
    by, other = world.coordinator, Collaboration.objects.get(slug="annanstans")
    make.helper(world.place, world.interviewer, HelperTask.CONVERSATIONS, by)
    make.helper(world.place, world.communicator, HelperTask.COMMUNICATION, by)
    make.helper(world.place, world.reader, HelperTask.READING, by)
    world.helper_role = make.helper(world.place, world.coder, HelperTask.CODING, by)
    for task in HelperTask:
        make.helper(world.place, world.expired, task, by, **yesterday())
        make.helper(other, world.helper_elsewhere, task, world.elsewhere)
    assert world.statement.answer
    make.pile(world.place, world.coder, by, world.source.row, world.statement.answer)
    world.pile = make.pile(world.place, world.coder, by, world.attachment.statement)
    world.piled = world.pile.texts.get()


def _fill_dialogue(world: World) -> None:
    world.dialogue = make.dialogue(world.place)
    world.issue = make.issue(world.dialogue, "Lamporna")


def _fill_group(world: World) -> None:
    by, now = world.coordinator, timezone.now()
    world.group = make.group(world.dialogue, by, world.issue)
    world.seat = world.group.seats.get(role="elected")
    world.own_seat = world.group.seats.get(role="resident")
    world.own_seat.user = world.member
    world.own_seat.save()
    world.planned = Meeting.objects.create(group=world.group, on=TODAY(), registered_by=by)
    world.planned.agenda.create(position=1, text="Lamporna", added_by=by)
    world.opened = Meeting.objects.create(group=world.group, on=TODAY(), registered_by=by, begun_at=now)
    world.line = world.opened.items.create(text="Vi pratade.", position=1, version=1, edited_by=by)
    world.waiting = make.meeting(world.group, by, approved_on=None)
    world.promise = world.waiting.items.create(
        text="Jag ringer.", kind=MinuteItem.Kind.PROMISE, position=1, version=1, edited_by=by, owner=world.own_seat
    )
    world.locked = make.meeting(world.group, by)
    world.draft = make.proposal(
        world.issue, by, world.body, meeting=world.locked, stands_since=None, agreed_at=None, dissent=""
    )


def _fill_reports(world: World) -> None:
    now, by = timezone.now(), world.coordinator
    world.report = Report.objects.create(
        dialogue=world.dialogue, wave=world.wave, title="Så säger vi", slug="sa", created_by=by, edited_by=by
    )
    world.version = world.report.versions.create(
        number=1, state="finished", findings={}, finished_at=now, pdf="a.pdf", requested_by=by
    )
    world.published = PublishedReport.objects.create(
        dialogue=world.dialogue, slug="varen", title="Våren", published_at=now
    )
