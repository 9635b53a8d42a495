"""How each verb of the dialogue is called, and who may do what the coordinator may not."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.utils import timezone

from actors.models import BodySuccession, Organisation
from dialogue.activities.activity_lifecycle import ActivityPlan
from dialogue.decisions.answering import DecisionFacts
from dialogue.decisions.requesting import DecisionRequest
from dialogue.external.outside_bodies import SignatureCount
from dialogue.leaving.bodies import Departure
from dialogue.leaving.holdings import Holdings
from dialogue.meetings.agenda import Point
from dialogue.meetings.attendance import MeetingFacts
from dialogue.meetings.minute_items import MinuteInput
from dialogue.models import Activity, Commitment, OutsideQuestion, PartDecision, QuestionTransfer, round_of
from dialogue.rules.activities import ActivityState, Part, Reply
from dialogue.rules.decisions import PartState
from ostberga.lib.periods import Period, Precision
from surveys.questionnaire.survey_templates import survey_templates
from tests import factories as make
from tests import listed
from tests.dialogues import stage_plans
from tests.house.verbs.surveys_examples import WORDS, Examples
from tests.house.verbs.world import World

TODAY = timezone.localdate()
PLAN = ActivityPlan(WORDS, Period(TODAY, None, Precision.MONTH))
MOVED = {"on": TODAY, "starts_at": dt.time(18), "ends_at": None, "place": "Skolan"}


def proposal_words(world: World) -> dict[str, Any]:
    words = {"title": WORDS, "what": WORDS, "place": "", "cost": "unknown", "effect": "short"}
    return {"words": words, "answers": [world.perspective], "against": [], "deciders": {}}


def running(world: World) -> Activity:
    held = make.decision(world.issue, world.coordinator, world.body, answer="approved")
    activity = make.activity(world.issue, world.coordinator, held, state=ActivityState.RUNNING)
    make.commitment(activity, world.body, world.coordinator)
    return activity


def paused(world: World) -> Activity:
    activity = running(world)
    activity.state = ActivityState.PAUSED
    activity.save()
    return activity


def asked_outside(world: World) -> OutsideQuestion:
    return OutsideQuestion.objects.create(
        issue=world.issue, round=round_of(world.issue), addressee=world.outside, subject=WORDS, text="När?",
        sent_on=TODAY, reply_due=TODAY, registered_by=world.coordinator,
    )  # fmt: skip


def replied_outside(world: World) -> OutsideQuestion:
    make.registry(world.outside)
    question = asked_outside(world)
    question.reply, question.replied_on = WORDS, TODAY
    question.save()
    return question


def commitment(world: World, reply: str) -> Commitment:
    activity = make.activity(world.issue, world.coordinator)
    offer = {"answer": "I maj."} if reply == Reply.COUNTERED else {}
    return make.commitment(activity, world.body, world.coordinator, reply=reply, **offer)


def open_part(world: World) -> PartDecision:
    return make.decision(world.issue, world.coordinator, world.body).parts.get()


def receiver(world: World) -> Organisation:
    body = make.organisation("Parkförvaltningen")
    make.registry(body)
    make.partnership(world.place, body)
    return body


def handed_over(world: World) -> QuestionTransfer:
    """A question of another body, which the world's body has not taken."""
    make.registry(world.body)
    moved: dict[str, Any] = {"part": open_part(world), "sender": receiver(world), "receiver": world.body}
    names = {"sender_name": "Parkförvaltningen", "receiver_name": "Trafikkontoret", "form_before": "delegation"}
    return QuestionTransfer.objects.create(**moved, **names, reason="Deras.", by=make.user())


COMMITMENTS: Examples = {
    "commitments.ask": lambda w: {
        "activity": make.activity(w.issue, w.coordinator), "organisation": w.body, "part": Part.LEAD, "what": "Lys."
    },
    "commitments.accept": lambda w: {"commitment": commitment(w, Reply.ASKED)},
    "commitments.decline": lambda w: {"commitment": commitment(w, Reply.ASKED), "reason": "Inga pengar."},
    "commitments.counter": lambda w: {"commitment": commitment(w, Reply.ASKED), "offer": "I maj."},
    "commitments.accept_counter": lambda w: {"commitment": commitment(w, Reply.COUNTERED)},
    "commitments.leave": lambda w: {"commitment": commitment(w, Reply.ACCEPTED), "reason": "Inga pengar."},
    "commitments.withdraw": lambda w: {"commitment": commitment(w, Reply.ASKED)},
    "commitment_reply.record_reply": lambda w: {
        "commitment": commitment(w, Reply.ASKED), "typed": {"svar": Reply.ACCEPTED}
    },
}  # fmt: skip
DECISIONS: Examples = {
    "requesting.request": lambda w: {
        "dialogue": w.dialogue, "question": DecisionRequest(WORDS, "Byt lamporna."),
        "issues": [w.issue], "bodies": {w.body: "delegation"},
    },
    "withdrawing.withdraw": lambda w: {"decision": open_part(w).decision, "reason": "Fel."},
    "answering.prepare": lambda w: {"part": open_part(w)},
    "answering.answer": lambda w: {
        "part": open_part(w), "answer": PartState.APPROVED, "facts": DecisionFacts(motivation="Ja.")
    },
    "answering.hand_over": lambda w: {"part": open_part(w), "to": w.colleague},
    "answering.move_deadline": lambda w: {"part": open_part(w), "due_on": TODAY},
    "passing_on.pass_to_colleague": lambda w: {"part": open_part(w), "to": w.colleague},
    "passing_on.pass_to_body": lambda w: {"part": open_part(w), "to": w.outside, "reason": "Delas."},
    "passing_on.hand_to_body": lambda w: {"part": open_part(w), "to": receiver(w), "reason": "Deras."},
    "transfers.take": lambda w: {"part": handed_over(w).part},
    "transfers.refuse": lambda w: {"part": handed_over(w).part, "reason": "Inte vår."},
    "transfers.ask_again": lambda w: {"transfer": handed_over(w)},
}  # fmt: skip
ACTIVITIES: Examples = {
    "plan": lambda w: {"issue": w.issue, "plan": PLAN},
    "edit": lambda w: {"activity": running(w), "plan": PLAN, "decision": None},
    "start": lambda w: {"activity": paused(w)},
    "pause": lambda w: {"activity": running(w), "why": "Regn."},
    "end": lambda w: {"activity": running(w), "state": ActivityState.DONE, "outcome": WORDS},
    "add_news": lambda w: {"activity": running(w), "text": "Nu är det ljust."},
}
GROUPS: Examples = {
    "forming.create_group": lambda w: {"dialogue": w.dialogue, "name": "Ljus", "mandate": "", "issues": [w.issue]},
    "forming.update_group": lambda w: {"group": w.group, "name": "Ljus", "mandate": "", "issues": [w.issue]},
    "forming.end_group": lambda w: {"group": w.group, "on": TODAY},
    "prioritising.order_proposals": lambda w: {
        "group": w.group, "meeting": w.opened, "reason": "Ljus först.",
        "proposals": [w.draft, make.proposal(w.issue, w.coordinator, w.body, meeting=w.locked)],
    },
    "proposing.propose": lambda w: {"issue": w.issue, "group": w.group, **proposal_words(w)},
    "proposing.rewrite": lambda w: {"proposal": w.draft, **proposal_words(w)},
    "proposing.stand_behind": lambda w: {"proposal": w.draft, "meeting": w.locked, "dissent": "Ingen"},
    "proposing.withdraw": lambda w: {"proposal": w.draft, "reason": "Fel."},
    "seating.add_seat": lambda w: {"group": w.group, "role": "resident"},
    "seating.invite_again": lambda w: {"seat": w.seat},
    "seating.leave_seat": lambda w: {"seat": w.seat, "on": TODAY},
    "seating.appoint_chair": lambda w: {"group": w.group, "chair": w.seat},
    "taking_positions.take_position": lambda w: {"proposal": w.draft, "seat": w.own_seat, "stance": "consent"},
}  # fmt: skip
MEETINGS: Examples = {
    "approving.approve": lambda w: {"meeting": w.waiting, "seat": w.own_seat},
    "approving.add_addition": lambda w: {"meeting": w.locked, "text": "Det var i parken."},
    "attendance.correct_day_and_place": lambda w: {"meeting": w.opened, "on": TODAY, "place": "Skolan"},
    "attendance.record_attendance": lambda w: {"meeting": w.opened, "present": [w.seat], "issues": [w.issue]},
    "attendance.update_facts": lambda w: {
        "meeting": w.opened, "facts": MeetingFacts(frozenset(), frozenset(), frozenset(), "Ord")
    },
    "calling.plan": lambda w: {"group": w.group, "on": TODAY},
    "calling.call": lambda w: {"meeting": w.planned},
    "calling.move": lambda w: {"meeting": w.planned, **MOVED},
    "calling.cancel": lambda w: {"meeting": w.planned, "reason": "Snö."},
    "calling.add_points": lambda w: {"meeting": w.planned, "points": [Point("Nästa steg")]},
    "calling.move_point": lambda w: {"meeting": w.planned, "point": w.planned.agenda.get().pk, "steps": 1},
    "calling.remove_point": lambda w: {"meeting": w.planned, "point": w.planned.agenda.get().pk},
    "handing_over.hand_over": lambda w: {"meeting": w.opened},
    "handing_over.reopen": lambda w: {"meeting": w.waiting},
    "held_meetings.record_held_meeting": lambda w: {
        "group": w.group, "on": TODAY, "issues": [w.issue], "present": [w.seat], "notes": "Vi pratade."
    },
    "minute_items.open_minutes": lambda w: {"meeting": w.planned},
    "minute_items.save_line": lambda w: {
        "meeting": w.opened, "key": uuid4(), "base": 0, "line": MinuteInput("Fler lampor.")
    },
    "minute_items.strike_line": lambda w: {"item": w.line},
    "minute_items.restore_line": lambda w: {"item": w.line},
    "minute_items.keep_both": lambda w: {"item": w.line},
    "promises.hand_over_promise": lambda w: {"item": w.promise, "to": w.own_seat},
    "promises.tell_outcome": lambda w: {"item": w.promise, "became": "kept"},
}  # fmt: skip
ISSUES: Examples = {
    "issues.creating.create_issue": lambda w: {
        "dialogue": w.dialogue, "slug": "ny", "title": WORDS, "description": WORDS
    },
    "issues.creating.set_perspectives": lambda w: {"issue": w.issue, "perspectives": [w.perspective]},
    "issues.creating.set_concerned_bodies": lambda w: {"issue": w.issue, "bodies": {w.body: "Sköter ljuset."}},
    "issues.creating.move_in_list": lambda w: {"issue": w.issue, "steps": 1},
    "issues.read_confirmations.confirm_read": lambda w: {"report": w.published, "organisation": w.body},
    "models.issue.Issue.describe": lambda w: {
        "self": w.issue, "slug": "ny", "title": WORDS, "description": WORDS, "next_up": {}
    },
    "models.issue.Issue.publish": lambda w: {"self": w.issue},
    "models.issue.Issue.unpublish": lambda w: {"self": w.issue},
    "staircase.climbing.climb": lambda w: {"issue": w.issue},
    "staircase.climbing.step_back": lambda w: {"issue": w.issue, "reason": "Fel."},
    "staircase.climbing.begin_round": lambda w: {"issue": w.issue, "cause": "Mörkt igen."},
    "staircase.climbing.close": lambda w: {"issue": w.issue, "answer": WORDS},
}  # fmt: skip
OUTSIDE: Examples = {
    "outside_bodies.register_petition": lambda w: {
        "issue": w.issue, "addressee": w.outside, "subject": WORDS, "sent_on": TODAY,
        "names": SignatureCount(1000, "about", "En tidning"),
    },
    "outside_bodies.send_question": lambda w: {
        "issue": w.issue, "addressee": w.outside, "subject": WORDS, "sent_on": TODAY, "text": "När?", "reply_due": TODAY
    },
    "outside_bodies.register_reply": lambda w: {"to": asked_outside(w), "words": WORDS, "on": TODAY},
    "own_words.show_again": lambda w: {"enquiry": replied_outside(w)},
}  # fmt: skip


def took_over(world: World) -> BodySuccession:
    bodies = {"predecessor": world.body, "predecessor_name": str(world.body), "successor": receiver(world)}
    return world.place.successions.create(**bodies, reason="Delas.", by=world.coordinator)


DIALOGUES: Examples = {
    "models.dialogue.Dialogue.describe": lambda w: {
        "self": w.dialogue, "surveys": [w.survey], "question": WORDS, "texts": {"title": WORDS}
    },
    "public_texts.writing.write_texts": lambda w: {"dialogue": w.dialogue, "texts": {"purpose": WORDS}},
    "models.dialogue.Dialogue.make_current": lambda w: {"self": make.dialogue(w.place, is_current=False)},
    "models.dialogue.Dialogue.end": lambda w: {"self": w.dialogue},
    "process.dialogue_surveys.create_survey_in_dialogue": lambda w: {
        "dialogue": w.dialogue, "template": survey_templates()["tomt"], "title": WORDS, "question": "Vad nu?"
    },
    "process.planning.create_dialogue": lambda w: {
        "collaboration": w.place, "title": WORDS, "guiding_question": w.dialogue.guiding_question
    },
    "leaving.successions.ask_again": lambda w: {"succession": took_over(w)},
    "leaving.people.leave_body": lambda w: {
        "affiliation": w.official.affiliations.get(), "collaboration": w.place, "on": TODAY
    },
    "leaving.bodies.hand_over_body": lambda w: {
        "partnership": w.partnership, "ending": Departure.LEFT, "on": TODAY, "reason": "Klara.", "heirs": {}
    },
    "leaving.seats.pass_seat_on": lambda w: {
        "seat": w.seat, "held": Holdings(), "heir": None, "on": TODAY, "reason": "Klara."
    },
    "process.planning.start_dialogue": lambda w: {"dialogue": w.dialogue},
    "process.planning.set_thresholds": lambda w: {"dialogue": w.dialogue, "limits": {"silent_days": 30}},
    "process.stages.change_stages": lambda w: {"dialogue": w.dialogue, "stages": stage_plans(w.dialogue)},
    "process.planning.plan_round": lambda w: {"dialogue": w.dialogue, "number": 1, "steps": {}},
    "pulse.adjusting.adjust": lambda w: {"collaboration": w.place, "what": "Mer kaffe", "why": "Godare", "who": "Alla"},
    "pulse.pulses.open_pulse": lambda w: {"collaboration": w.place, "closes_on": TODAY},
}  # fmt: skip

LISTS: Examples = {
    "claims.reply_to_claim": lambda w: {"claim": listed.decision(w.issue, w.coordinator, w.body), "reply": "confirmed"},
    "claims.remove_claim": lambda w: {"claim": listed.activity(w.issue, w.coordinator, w.body)},
}

EXAMPLES: Examples = {
    **{f"dialogue.activities.activity_lifecycle.{name}": example for name, example in ACTIVITIES.items()},
    **{f"dialogue.activities.{name}": example for name, example in COMMITMENTS.items()},
    **{f"dialogue.decisions.{name}": example for name, example in DECISIONS.items()},
    **{f"dialogue.external.{name}": example for name, example in OUTSIDE.items()},
    **{f"dialogue.groups.{name}": example for name, example in GROUPS.items()},
    **{f"dialogue.lists.{name}": example for name, example in LISTS.items()},
    **{f"dialogue.meetings.{name}": example for name, example in MEETINGS.items()},
    **{f"dialogue.{name}": example for name, example in {**ISSUES, **DIALOGUES}.items()},
}
# Who may, where it is not the coordinator: a name in the world.
RIGHTFUL = {
    **dict.fromkeys(
        (
            "dialogue.groups.taking_positions.take_position",
            "dialogue.meetings.approving.approve",
            "dialogue.meetings.promises.tell_outcome",
        ),
        "member",
    ),
    **dict.fromkeys(
        (
            *(f"dialogue.activities.activity_lifecycle.{name}" for name in ("start", "pause", "end", "add_news")),
            *(f"dialogue.activities.commitments.{name}" for name in ("accept", "decline", "counter", "leave")),
            *(f"dialogue.decisions.answering.{name}" for name in ("prepare", "answer", "hand_over")),
            "dialogue.decisions.passing_on.hand_to_body",
            *(f"dialogue.decisions.transfers.{name}" for name in ("take", "refuse")),
            "dialogue.activities.commitment_reply.record_reply",
            "dialogue.issues.read_confirmations.confirm_read",
            "dialogue.lists.claims.reply_to_claim",
        ),
        "official",
    ),
}
