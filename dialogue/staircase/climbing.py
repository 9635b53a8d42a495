"""Moving an issue on the staircase: up one step, down one step, ⇌ into a new round, or closing it with an answer."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from dialogue.models import Issue, Round, StepChange, round_of
from dialogue.rules.staircase import Move, Requirement, Step, allowed_moves, in_words, target_of, unaccepted
from dialogue.staircase import gate_facts
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal

Despite = Sequence[Requirement]
WORKSHOP = "Samordnaren kan komplettera frågan, eller flytta den ändå med ett skrivet skäl."


@transaction.atomic
def climb(
    *, issue: Issue, by: User, reason: str = "", despite: Despite = (), at: dt.datetime | None = None
) -> StepChange:
    """Move up one step. Raises Refusal naming what is missing, unless `despite` lists it and a reason is given."""
    require(by, COORDINATE, issue)
    now = _begin(issue, Move.ONWARD)
    at = at or timezone.now()
    missing = _refuse_unless_accepted(issue, reason, despite, at)
    return _move(issue, now, Move.ONWARD, by=by, at=at, reason=reason, missing=missing)


@transaction.atomic
def step_back(*, issue: Issue, by: User, reason: str, at: dt.datetime | None = None) -> StepChange:
    """Move down one step. Raises Refusal without a reason, which is shown publicly."""
    require(by, COORDINATE, issue)
    now = _begin(issue, Move.BACK)
    _refuse_without(reason, "Skriv varför frågan går tillbaka. Skälet visas på frågans sida.")
    return _move(issue, now, Move.BACK, by=by, at=at or timezone.now(), reason=reason)


@transaction.atomic
def begin_round(*, issue: Issue, by: User, cause: str, at: dt.datetime | None = None) -> StepChange:
    """⇌ Begin a new round at the first step. Raises Refusal without a cause. The previous round stays readable."""
    require(by, COORDINATE, issue)
    now = _begin(issue, Move.AGAIN)
    _refuse_without(cause, "Skriv varför en ny omgång börjar. Anledningen visas på frågans sida.")
    at = at or timezone.now()
    new = Round.objects.create(
        issue=issue, number=now.number + 1, started_on=timezone.localdate(at), cause=cause.strip()
    )
    return _move(issue, new, Move.AGAIN, by=by, at=at, reason=cause)


@transaction.atomic
def close(
    *,
    issue: Issue,
    by: User,
    answer: Mapping[str, str],
    reason: str = "",
    despite: Despite = (),
    at: dt.datetime | None = None,
) -> StepChange:
    """Close the round with `answer`, a text per language to those who asked.

    Raises Refusal without an answer in Swedish, or naming what is missing, as `climb` does.
    """
    require(by, COORDINATE, issue)
    now = _begin(issue, Move.CLOSE)
    texts = {language: text.strip() for language, text in answer.items() if text.strip()}
    if not texts.get("sv"):
        raise Refusal("Skriv svaret till dem som frågade. Utan det kan frågan inte avslutas.", code="no_answer")
    at = at or timezone.now()
    missing = _refuse_unless_accepted(issue, reason, despite, at)
    now.answer, now.closed_at, now.closed_by = texts, at, by
    now.save(update_fields=["answer", "closed_at", "closed_by"])
    return _move(issue, now, Move.CLOSE, by=by, at=at, reason=reason, missing=missing)


def _begin(issue: Issue, move: Move) -> Round:
    """Lock the issue and return its current round. Raises Refusal when the move is not allowed."""
    issue.refresh_from_db(from_queryset=Issue.objects.select_for_update(no_key=True))
    now = round_of(issue)
    if move not in allowed_moves(Step(issue.step), is_closed=now.is_closed):
        where = "är avslutad" if now.is_closed else f"står på steget {issue.stage}"
        raise Refusal(f"Frågan {where} och kan inte flyttas så. Någon annan kan ha hunnit före.", code="not_one_step")
    return now


def _refuse_unless_accepted(issue: Issue, reason: str, despite: Despite, at: dt.datetime) -> list[Requirement]:
    """Return what is missing, if all of it was accepted with a reason; else raise Refusal."""
    missing = gate_facts.missing_requirements(issue, timezone.localdate(at))
    if unseen := unaccepted(missing, despite):
        raise Refusal(in_words(unseen), who=WORKSHOP, code="missing")
    if missing:
        _refuse_without(reason, "Skriv varför frågan flyttas fast något saknas. Skälet visas på frågans sida.")
    return missing


def _refuse_without(reason: str, text: str) -> None:
    if not reason.strip():
        raise Refusal(text, code="reason")


def _move(
    issue: Issue,
    within: Round,
    move: Move,
    *,
    by: User,
    at: dt.datetime,
    reason: str,
    missing: Sequence[Requirement] = (),
) -> StepChange:
    current = Step(issue.step)
    issue.step = target_of(move, current)
    issue.save(update_fields=["step"])
    change = StepChange.objects.create(
        round=within,
        from_step=current,
        to_step=issue.step,
        move=move,
        by=by,
        at=at,
        reason=reason.strip(),
        missing=[requirement.text for requirement in missing],
    )
    issue.dialogue.collaboration.bump_public_version()
    return change
