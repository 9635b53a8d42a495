"""Load petitions, questions to outside bodies, adjustments, a pulse and followers."""

from collections.abc import Mapping

from dialogue.external import outside_bodies
from dialogue.external.outside_bodies import SignatureCount
from dialogue.models import Decision, Follower
from dialogue.pulse import adjusting, pulse_answers, pulses
from dialogue.rules.pulse_questions import QUESTIONS
from ostberga.demo.content import day, moment, read
from ostberga.demo.issues import DemoDialogue
from ostberga.lib.coarse_dates import month_of


def load_outside_questions(demo_dialogue: DemoDialogue, decisions: Mapping[str, Decision]) -> None:
    """Load the petitions and the first questions to outside bodies, which are unanswered."""
    for row in read("surroundings")["petitions"]:
        outside_bodies.register_petition(
            issue=demo_dialogue.issues[row["issue"]],
            addressee=demo_dialogue.participants.bodies[row["addressee"]],
            subject=row["subject"],
            names=SignatureCount(row["names"], row["certainty"], row["source"]),
            sent_on=day(row["on"]),
            reply_due=day(row["reply_due"]),
            by=demo_dialogue.participants.coordinator,
            at=moment(row["on"], hour=15),
        )
    _send_questions(demo_dialogue, "questions", decisions)


def load_second_round_questions(demo_dialogue: DemoDialogue) -> None:
    """Load the questions of 2026, which can still be answered in time."""
    _send_questions(demo_dialogue, "questions_2026", {})


def _send_questions(demo_dialogue: DemoDialogue, name: str, decisions: Mapping[str, Decision]) -> None:
    for row in read("surroundings")[name]:
        outside_bodies.send_question(
            issue=demo_dialogue.issues[row["issue"]],
            addressee=demo_dialogue.participants.bodies[row["addressee"]],
            subject=row["subject"],
            text=row["text"],
            sent_on=day(row["on"]),
            reply_due=day(row["reply_due"]),
            decision=decisions[row["decision"]] if "decision" in row else None,
            by=demo_dialogue.participants.coordinator,
            at=moment(row["on"], hour=15),
        )


def load_adjustments_and_pulses(demo_dialogue: DemoDialogue) -> None:
    """Load the adjustments of how the bodies work together, and the pulses with their answers."""
    collaboration, by = demo_dialogue.participants.collaboration, demo_dialogue.participants.coordinator
    for row in read("surroundings")["adjustments"]:
        words = {name: row[name] for name in ("what", "why", "who")}
        adjusting.adjust(collaboration=collaboration, by=by, at=moment(row["on"]), **words)
    for row in read("surroundings")["pulses"]:
        opened = pulses.open_pulse(collaboration=collaboration, closes_on=row["closes"], by=by, on=row["on"])
        for token, answers in zip(opened.tokens, row["answers"], strict=False):
            answered = {key: value for key, value in zip(QUESTIONS, answers, strict=True) if value}
            pulse_answers.answer(token=token, answers=answered, on=row["closes"])


def load_followers(demo_dialogue: DemoDialogue) -> None:
    """Load followers of issues. Their dates are set afterwards, since following always starts today."""
    for row in read("surroundings")["followers"]:
        follower = Follower.at(row["email"], language=row["language"], wish=row["wish"])
        follower.ask_for(demo_dialogue.issues[key] for key in row["issues"])
        follower.confirm()
        since = month_of(day(row["on"]))
        Follower.objects.filter(pk=follower.pk).update(asked_on=since, confirmed_on=since)
        follower.followed.update(confirmed_on=since)
