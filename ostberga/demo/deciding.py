"""Loads decisions and agreements: what each body was asked, and what it answered in its own order."""

import datetime as dt
from collections.abc import Mapping

from dialogue.decisions import answering, expiring, requesting
from dialogue.decisions.answering import DecisionFacts
from dialogue.decisions.requesting import DecisionRequest
from dialogue.models import Decision, PartDecision, Proposal
from dialogue.rules.decisions import DecisionKind, PartState
from ostberga.demo.content import Content, day, moment, read
from ostberga.demo.staircase import Story

FACTS = ("instance", "paragraph", "registry_number", "delegation_item", "motivation", "conditions", "reservations")


def load(story: Story, proposals: Mapping[str, Proposal], name: str) -> dict[str, Decision]:
    """The decisions under a heading in the file, by their keys there."""
    decisions = {}
    for row in read("decisions")[name]:
        decision = _ask(story, proposals, row)
        decisions[row["key"]] = decision
        for key, answered in row["parts"].items():
            if "on" in row:  # else it is still waited for
                _answer(story, decision.parts.get(organisation=story.who.bodies[key]), {**row["all"], **answered}, row)
    return decisions


def _ask(story: Story, proposals: Mapping[str, Proposal], row: Content) -> Decision:
    question = DecisionRequest(
        title=row["title"],
        public_text=row["public_text"],
        ask=row["ask"],
        if_yes=row["if_yes"],
        if_no=row["if_no"],
        kind=DecisionKind(row["kind"]),
        valid_from=row.get("valid_from"),
        valid_until=row.get("valid_until"),
    )
    return requesting.request(
        dialogue=story.dialogue,
        question=question,
        issues=[story.issues[key] for key in row["issues"]],
        bodies={story.who.bodies[key]: {**row["all"], **one}["form"] for key, one in row["parts"].items()},
        by=story.who.coordinator,
        due_on=day(row["due"]),
        proposal=proposals[row["proposal"]] if "proposal" in row else None,
        at=moment(row["asked"]),
    )


def _answer(story: Story, part: PartDecision, said: Content, row: Content) -> None:
    facts = {name: said[name] for name in FACTS if name in said}
    answering.answer(
        part=part,
        answer=PartState(said.get("answer", PartState.APPROVED)),
        facts=DecisionFacts(decided_on=row["on"], **facts),
        by=story.who.accounts[part.organisation.slug],
        at=moment(row["on"], hour=15),
    )


def run_out(decisions: Mapping[str, Decision]) -> None:
    """What was decided for a time stopped being in force when it ran out, and that day says so."""
    for ends in sorted(one.valid_until for one in decisions.values() if one.valid_until):
        after = ends + dt.timedelta(days=1)
        expiring.expire(after, at=moment(after, hour=0))
