"""Factories: functions that create one model instance each, with sensible defaults."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from actors.models import (
    Affiliation,
    Collaboration,
    CoordinatorAppointment,
    Organisation,
    Partnership,
    User,
)
from dialogue.meetings.minutes_names import collect_names
from dialogue.models import (
    Activity,
    Commitment,
    Decision,
    Dialogue,
    Issue,
    Meeting,
    PartDecision,
    Proposal,
    Round,
    Seat,
    WorkingGroup,
    round_of,
)
from dialogue.rules.activities import ActivityState, Part, Reply
from dialogue.rules.decisions import DecisionOutcome, FormOfDecision, PartState
from surveys.models import (
    Answer,
    Channel,
    GuidingQuestion,
    Interview,
    Perspective,
    Question,
    Response,
    Statement,
    Survey,
    Theme,
    Wave,
)
from surveys.rules.questions import QuestionKind
from surveys.rules.roles import Role
from tests import coders, dialogues, mandates

helper, pile = coders.helper, coders.pile
in_all_languages, dialogue, stage = dialogues.in_all_languages, dialogues.dialogue, dialogues.stage
mandate, registry, answered_under = mandates.mandate, mandates.registry, mandates.answered_under
_number = itertools.count(1)


def user(email: str = "", **fields: Any) -> User:
    """An account with the password that all accounts of the tests have."""
    email = email or f"person{next(_number)}@ostberga.example"
    return User.objects.create_user(
        email, "ostberga-demo", **{"name": email.split("@", maxsplit=1)[0].capitalize(), **fields}
    )


def organisation(name: str = "", **fields: Any) -> Organisation:
    """An organisation."""
    number = next(_number)
    name = name or f"Förvaltning {number}"
    defaults = {"short_name": name, "slug": f"org-{number}", "kind": Organisation.Kind.COMMITTEE_ADMIN}
    return Organisation.objects.create(name=name, **{**defaults, **fields})


def collaboration(slug: str = "ostberga", **fields: Any) -> Collaboration:
    """A collaboration with its data controller."""
    controller = fields.pop("data_controller", None) or organisation()
    defaults = {
        "name": "Samverkan Östberga",
        "area": "Östberga",
        "since_start": dt.date(2015, 3, 1),
        "controller_name": "Enskede-Årsta-Vantörs stadsdelsnämnd",
        "contact_email": "samverkan@ostberga.example",
    }
    return Collaboration.objects.create(slug=slug, data_controller=controller, **{**defaults, **fields})


def coordinator(collaboration: Collaboration, user: User, role: str = "coordinator") -> CoordinatorAppointment:
    """Someone's place as coordinator or deputy."""
    return CoordinatorAppointment.objects.create(collaboration=collaboration, user=user, role=role)


def official(user: User, organisation: Organisation, **fields: Any) -> Affiliation:
    """Someone's place in a body."""
    return Affiliation.objects.create(user=user, organisation=organisation, **fields)


def partnership(collaboration: Collaboration, organisation: Organisation, **fields: Any) -> Partnership:
    """A body's place in the collaboration."""
    defaults = {"joined_on": dt.date(2015, 3, 1), "mandate": "Uppdrag", "role_description": "Roll"}
    return Partnership.objects.create(collaboration=collaboration, organisation=organisation, **{**defaults, **fields})


def survey(collaboration: Collaboration, **fields: Any) -> Survey:
    """A form with the guiding question as its one free-text question, and the web as its channel."""
    guiding = GuidingQuestion.objects.create(
        collaboration=collaboration, text=in_all_languages("Vad ger trivsel och trygghet?")
    )
    defaults = {"title": in_all_languages("Trivsel och trygghet"), "languages": ["sv", "en", "so", "ar"]}
    created = Survey.objects.create(collaboration=collaboration, guiding_question=guiding, **{**defaults, **fields})
    question(created, required=True)
    channel(created, label="Webben", is_web=True)
    return created


def question(survey: Survey, kind: str = QuestionKind.FREE_TEXT, **fields: Any) -> Question:
    """A question at the end of the form."""
    defaults = {"text": in_all_languages("Vad tycker du?"), "position": survey.questions.count()}
    return Question.objects.create(survey=survey, kind=kind, **{**defaults, **fields})


def channel(survey: Survey, **fields: Any) -> Channel:
    """A place the form is handed out."""
    number = next(_number)
    return Channel.objects.create(survey=survey, **{"label": f"Plats {number}", "code": f"k{number}", **fields})


def wave(survey: Survey, **fields: Any) -> Wave:
    """A fielding that is open now."""
    number = survey.waves.count() + 1
    today = timezone.localdate()
    defaults = {
        "number": number,
        "title": f"Omgång {number}",
        "opens_on": today - dt.timedelta(days=10),
        "opened_at": timezone.now(),
        "large_groups": [] if fields.get("closed_at") else None,
    }
    return Wave.objects.create(survey=survey, **{**defaults, **fields})


def answer(wave: Wave, text: str = "Mer ljus på gångvägen.", **fields: Any) -> Answer:
    """One person's answer to the form's first free-text question."""
    number = next(_number)
    response = Response.objects.create(wave=wave, submission_hash=f"s{number}", receipt_hash=f"r{number}", **fields)
    asked = wave.survey.questions.filter(kind=QuestionKind.FREE_TEXT).first()
    assert asked is not None
    return Answer.objects.create(response=response, question=asked, text=text)


def interview(wave: Wave, by: User, notes: str = "Vi pratade om ljus.", **fields: Any) -> Interview:
    """A conversation somebody wrote down."""
    return Interview.objects.create(
        wave=wave, registered_by=by, notes=notes, receipt_hash=f"i{next(_number)}", **fields
    )


def statement(wave: Wave, text: str = "Mer ljus på gångvägen.", *, by: User | None = None, **fields: Any) -> Statement:
    """A statement from an answer; confirmed when `by` is given, else still raw."""
    source = {} if "interview" in fields else {"answer": answer(wave, text)}
    reviewed = (
        {"state": Statement.State.CONFIRMED, "text": text, "reviewed_by": by, "reviewed_at": timezone.now()}
        if by
        else {}
    )
    return Statement.objects.create(
        wave=wave, **{"raw_text": text, "role": Role.RESIDENT, **source, **reviewed, **fields}
    )


def perspective(
    collaboration: Collaboration, by: User, title: str = "Vi som vill se vägen", **fields: Any
) -> Perspective:
    """A viewpoint."""
    return Perspective.objects.create(
        collaboration=collaboration, created_by=by, title=in_all_languages(title), **fields
    )


def theme(collaboration: Collaboration, title: str = "Ljus", **fields: Any) -> Theme:
    """A theme."""
    return Theme.objects.create(collaboration=collaboration, title=in_all_languages(title), **fields)


def issue(dialogue: Dialogue, title: str = "Belysning", **fields: Any) -> Issue:
    """A public issue in its first round."""
    number = next(_number)
    defaults = {"slug": f"fraga-{number}", "description": in_all_languages("Om ljus."), "published_at": timezone.now()}
    created = Issue.objects.create(dialogue=dialogue, title=in_all_languages(title), **{**defaults, **fields})
    Round.objects.create(issue=created)
    return created


def group(dialogue: Dialogue, by: User, *issues: Issue, roles: tuple[str, ...] = ()) -> WorkingGroup:
    """A working group that has been there for a month, with a seat for each role."""
    since = timezone.localdate() - dt.timedelta(days=30)
    created = WorkingGroup.objects.create(
        dialogue=dialogue, name=f"Grupp {next(_number)}", formed_by=by, started_on=since
    )
    created.issues.set(issues)
    for role in roles or ("resident", "elected", "official"):
        Seat.objects.create(group=created, role=role, number=1, since=since)
    return created


def meeting(group: WorkingGroup, by: User, **fields: Any) -> Meeting:
    """A meeting today about all the group's issues, where everybody was, locked by the first two seats.

    With `approved_on=None` the minutes wait for their approval.
    """
    now, approved_on = timezone.now(), fields.pop("approved_on", timezone.localdate())
    defaults = {"on": timezone.localdate(), "notes": "Vi pratade om ljus.", "begun_at": now, "ready_at": now}
    created = Meeting.objects.create(group=group, registered_by=by, **{**defaults, **fields})
    created.issues.set(group.issues.all())
    created.present.set(group.seats.all())
    created.adjusters.set(group.seats.all()[:2])
    if approved_on:
        for seat in created.adjusters.all():
            created.approvals.create(seat=seat, on=approved_on, by=by)
        created.approved_on, created.names = approved_on, collect_names(created)
        created.save(update_fields=["approved_on", "names"])
    return created


def proposal(issue: Issue, by: User, *bodies: Organisation, **fields: Any) -> Proposal:
    """A proposal that a group stands behind, to be decided by these bodies by delegation."""
    meant = fields.pop("meeting", None) or meeting(group(issue.dialogue, by, issue), by)
    words = {"title": {"sv": "Fler lampor"}, "what": {"sv": "Sätt upp fler lampor längs stråket."}}
    stands = {"stands_since": meant.on, "agreed_at": meant, "dissent": "Ingen"}
    created = Proposal.objects.create(
        issue=issue, round=round_of(issue), group=meant.group, written_by=by, **{**words, **stands, **fields}
    )
    for body in bodies:
        created.deciders.create(organisation=body, form=FormOfDecision.DELEGATION)
    return created


def decision(
    issue: Issue, by: User, *bodies: Organisation, answer: str = PartState.REQUESTED, **fields: Any
) -> Decision:
    """A decision about an issue that these bodies have been asked for; with `answer` all of them gave that answer."""
    given = answer not in (PartState.REQUESTED, PartState.PREPARING)
    today = timezone.localdate()
    whole = {PartState.APPROVED: DecisionOutcome.IN_FORCE, PartState.REFUSED: DecisionOutcome.REFUSED}.get(
        PartState(answer), DecisionOutcome.PENDING
    )
    settled = {"outcome": whole, "settled_on": today if given else None}
    created = Decision.objects.create(
        dialogue=issue.dialogue,
        requested_by=by,
        **{"kind": "decision", "title": {"sv": "Fler lampor i årets plan"}, **settled, **fields},
    )
    created.about.create(issue=issue, round=round_of(issue))
    answered: dict[str, Any] = {"answered_by": by, "answered_at": timezone.now(), "decided_on": today} if given else {}
    answered |= {"form": FormOfDecision.DELEGATION, "answer": answer, "motivation": "Därför."}
    answered |= {"conditions": "Efter budgeten."} if answer == PartState.CONDITIONS else {}
    for body in bodies:
        names = answered_under(body, by) if given else {}
        PartDecision.objects.create(decision=created, organisation=body, **answered, **names)
    return created


def activity(issue: Issue, by: User, decision: Decision | None = None, **fields: Any) -> Activity:
    """Something planned about an issue. With a `state` beyond planned it was started under `decision`."""
    under = decision if fields.get("state", ActivityState.PLANNED) != ActivityState.PLANNED else None
    defaults = {"title": {"sv": "Byt 22 lampor"}, "start": timezone.localdate(), "started_under": under}
    return Activity.objects.create(
        dialogue=issue.dialogue,
        issue=issue,
        round=round_of(issue),
        decision=decision,
        planned_by=by,
        **{**defaults, **fields},
    )


def commitment(activity: Activity, organisation: Organisation, by: User, **fields: Any) -> Commitment:
    """A body's promise to lead an activity; name another `reply` for what it has not promised."""
    defaults: dict[str, Any] = {"part": Part.LEAD, "reply": Reply.ACCEPTED, "what": "Byta lamporna."}
    is_asked = fields.get("reply", Reply.ACCEPTED) == Reply.ASKED
    replied = {} if is_asked else {"replied_at": timezone.now(), "from_before_mandates": True}
    replied |= {} if is_asked else {"replied_as_body": organisation.name}
    return Commitment.objects.create(
        activity=activity, organisation=organisation, asked_by=by, **{**defaults, **replied, **fields}
    )
