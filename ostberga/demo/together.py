"""Loads what lies around the issues: names that were gathered, letters outside, followers, adjustments and a pulse."""

from collections.abc import Mapping

from dialogue.external import outside_bodies
from dialogue.external.outside_bodies import SignatureCount
from dialogue.models import Decision, Follower
from dialogue.pulse import adjusting, pulses
from dialogue.rules.pulse_questions import QUESTIONS
from ostberga.demo.content import day, moment, read
from ostberga.demo.staircase import Story


def ask_outside(story: Story, decisions: Mapping[str, Decision]) -> None:
    """What SL has been asked, by residents and by the collaboration. It has answered nothing."""
    for row in read("together")["petitions"]:
        outside_bodies.register_petition(
            issue=story.issues[row["issue"]],
            addressee=story.who.bodies[row["addressee"]],
            subject=row["subject"],
            names=SignatureCount(row["names"], row["certainty"], row["source"]),
            sent_on=day(row["on"]),
            reply_due=day(row["reply_due"]),
            by=story.who.coordinator,
            at=moment(row["on"], hour=15),
        )
    _write_to_them(story, "questions", decisions)


def ask_again(story: Story) -> None:
    """This autumn they were asked once more, and have some days left to answer."""
    _write_to_them(story, "questions_2026", {})


def _write_to_them(story: Story, name: str, decisions: Mapping[str, Decision]) -> None:
    for row in read("together")[name]:
        outside_bodies.send_question(
            issue=story.issues[row["issue"]],
            addressee=story.who.bodies[row["addressee"]],
            subject=row["subject"],
            text=row["text"],
            sent_on=day(row["on"]),
            reply_due=day(row["reply_due"]),
            decision=decisions[row["decision"]] if "decision" in row else None,
            by=story.who.coordinator,
            at=moment(row["on"], hour=15),
        )


def adjust(story: Story) -> None:
    """What was changed in how the bodies work together, and how they said in a pulse that it works."""
    collaboration, by = story.who.collaboration, story.who.coordinator
    for row in read("together")["adjustments"]:
        words = {name: row[name] for name in ("what", "why", "who")}
        adjusting.adjust(collaboration=collaboration, by=by, at=moment(row["on"]), **words)
    for row in read("together")["pulses"]:
        opened = pulses.open_pulse(collaboration=collaboration, closes_on=row["closes"], by=by, on=row["on"])
        for token, said in zip(opened.tokens, row["answers"], strict=False):
            known = {key: value for key, value in zip(QUESTIONS, said, strict=True) if value}
            pulses.answer(token=token, answers=known, on=row["closes"])


def follow(story: Story) -> None:
    """Some follow an issue since the autumn. The shelf and its batch have no past, so the days are set afterwards."""
    for row in read("together")["followers"]:
        follower = Follower.at(row["email"], language=row["language"], wish=row["wish"])
        follower.ask_for(story.issues[key] for key in row["issues"])
        follower.confirm()
        since = day(row["on"])
        Follower.objects.filter(pk=follower.pk).update(asked_on=since, confirmed_on=since)
        follower.followed.update(confirmed_on=since)
