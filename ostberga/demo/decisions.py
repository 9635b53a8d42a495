"""Load decisions and agreements: the request to each body and its answer."""

import datetime as dt
from collections.abc import Mapping

from dialogue.decisions import answering, expiring, requesting
from dialogue.decisions.answering import DecisionFacts
from dialogue.decisions.requesting import DecisionRequest
from dialogue.models import Decision, PartDecision, Proposal
from dialogue.rules.decisions import DecisionKind, PartState
from ostberga.demo.content import Content, day, moment, read
from ostberga.demo.issues import DemoDialogue

FACTS = ("instance", "paragraph", "registry_number", "delegation_item", "motivation", "conditions", "reservations")


def load(demo_dialogue: DemoDialogue, proposals: Mapping[str, Proposal], name: str) -> dict[str, Decision]:
    """Request and answer the decisions under a heading of the file. Returns them by their keys there."""
    decisions = {}
    for row in read("decisions")[name]:
        decision = _ask(demo_dialogue, proposals, row)
        decisions[row["key"]] = decision
        for key, answered in row["parts"].items():
            if "on" in row:  # otherwise it is still awaited
                _answer(
                    demo_dialogue,
                    decision.parts.get(organisation=demo_dialogue.participants.bodies[key]),
                    {**row["all"], **answered},
                    row,
                )
    return decisions


def _ask(demo_dialogue: DemoDialogue, proposals: Mapping[str, Proposal], row: Content) -> Decision:
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
        dialogue=demo_dialogue.dialogue,
        question=question,
        issues=[demo_dialogue.issues[key] for key in row["issues"]],
        bodies={
            demo_dialogue.participants.bodies[key]: {**row["all"], **part}["form"] for key, part in row["parts"].items()
        },
        by=demo_dialogue.participants.coordinator,
        due_on=day(row["due"]),
        proposal=proposals[row["proposal"]] if "proposal" in row else None,
        at=moment(row["asked"]),
    )


def _answer(demo_dialogue: DemoDialogue, part: PartDecision, answered: Content, row: Content) -> None:
    facts = {name: answered[name] for name in FACTS if name in answered}
    answering.answer(
        part=part,
        answer=PartState(answered.get("answer", PartState.APPROVED)),
        facts=DecisionFacts(decided_on=row["on"], **facts),
        by=demo_dialogue.participants.accounts[part.organisation.slug],
        at=moment(row["on"], hour=15),
    )


def expire_decisions(decisions: Mapping[str, Decision]) -> None:
    """Expire the decisions that have a last day, each on the day after it."""
    for last_day in sorted(decision.valid_until for decision in decisions.values() if decision.valid_until):
        expired_on = last_day + dt.timedelta(days=1)
        expiring.expire(expired_on, at=moment(expired_on, hour=0))
