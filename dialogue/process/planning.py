"""Creating and starting a dialogue, its thresholds, and the periods of its stages."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE, PREPARE
from dialogue.models import Dialogue, ProcessStage, ProcessStep
from dialogue.models.dialogue import Texts
from dialogue.process.stages import give_template
from dialogue.rules.process_templates import ProcessTemplate
from dialogue.rules.staircase import Requirement, in_words, unaccepted
from dialogue.staircase import gate_facts
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.periods import Period
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.languages import SOURCE
from surveys.models import GuidingQuestion


@dataclass(frozen=True)
class StepPlan:
    """The plan of a stage in a round. Without a period it is not part of the round."""

    period: Period | None
    name: Texts
    description: Texts
    loops_to: ProcessStage | None = None


@transaction.atomic
def create_dialogue(
    *,
    collaboration: Collaboration,
    title: Texts,
    guiding_question: GuidingQuestion,
    by: User,
    template: ProcessTemplate = ProcessTemplate.OSTBERGA,
) -> Dialogue:
    """Create a dialogue with the stages of a template. Only the coordinator sees it until it is started.

    A question that another dialogue asks is copied, so that neither changes the other's words.
    """
    require(by, PREPARE, collaboration)
    take_turns(collaboration)
    if guiding_question.dialogues.exists():
        guiding_question = collaboration.guiding_questions.create(text=guiding_question.text)
    dialogue = Dialogue.objects.create(
        collaboration=collaboration,
        slug=_free_slug(collaboration, title),
        title=dict(title),
        guiding_question=guiding_question,
        is_current=False,
    )
    give_template(dialogue, template)
    dialogue.events.create(kind="begun", by=by)
    return dialogue


def _free_slug(collaboration: Collaboration, title: Texts) -> str:
    """An address made of the Swedish title, numbered when another dialogue of the collaboration has it."""
    stem = slugify(title.get(SOURCE, ""))[:60].strip("-") or "dialog"
    taken = set(collaboration.dialogues.values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


@transaction.atomic
def start_dialogue(
    *, dialogue: Dialogue, by: User, reason: str = "", despite: Sequence[Requirement] = (), on: dt.date | None = None
) -> None:
    """Begin the dialogue. Raises Refusal naming what is missing; `despite` lists exceptions, with a reason."""
    require(by, COORDINATE, dialogue)
    missing = gate_facts.missing_to_start(dialogue)
    if unseen := unaccepted(missing, despite):
        who = "Samordnaren kan ordna det, eller börja ändå med ett skrivet skäl."
        raise Refusal(in_words(unseen), who=who, code="missing")
    if missing and not reason.strip():
        raise Refusal("Skriv varför dialogen börjar fast något saknas. Skälet visas för alla.", code="reason")
    dialogue.make_current(by=by, on=on, missing=[requirement.text for requirement in missing], reason=reason.strip())


@transaction.atomic
def set_thresholds(*, dialogue: Dialogue, limits: Mapping[str, object], by: User) -> None:
    """Set what the dialogue requires of its issues, and its time limits. `limits` are its own fields by name."""
    require(by, PREPARE, dialogue)
    Dialogue.objects.select_for_update(no_key=True).get(pk=dialogue.pk)
    for name, value in limits.items():
        setattr(dialogue, name, value)
    dialogue.save(update_fields=[*limits])
    dialogue.events.create(kind="described", what="spärrarna", by=by)
    dialogue.collaboration.bump_public_version()


def latest_round(dialogue: Dialogue) -> int:
    """Return the number of the last round that has a period; 0 before the first. One query."""
    return dialogue.steps.aggregate(last=Max("round_number"))["last"] or 0


@transaction.atomic
def plan_round(*, dialogue: Dialogue, number: int, steps: Mapping[ProcessStage, StepPlan], by: User) -> None:
    """Set the periods and words of the stages of a round. One without a period is removed from the round.

    Raises Refusal when an earlier round has not been planned.
    """
    require(by, PREPARE, dialogue)
    Dialogue.objects.select_for_update(no_key=True).get(pk=dialogue.pk)
    if number > latest_round(dialogue) + 1:
        raise Refusal("Planera omgångarna i ordning.", code="round_too_far")
    for stage, plan in steps.items():
        if plan.period is None:
            dialogue.steps.filter(round_number=number, stage=stage).delete()
        else:
            ProcessStep.objects.update_or_create(
                dialogue=dialogue, round_number=number, stage=stage, defaults=_fields(plan, plan.period)
            )
    dialogue.events.create(kind="planned", what=f"omgång {number}", by=by)
    dialogue.collaboration.bump_public_version()


def _fields(plan: StepPlan, period: Period) -> dict[str, object]:
    return {
        "name": dict(plan.name),
        "description": dict(plan.description),
        "start": period.start,
        "end": period.end,
        "precision": period.precision,
        "loops_to": plan.loops_to,
    }
