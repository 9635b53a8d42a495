"""The stages of a dialogue: given by a template, changed by the coordinator, and which steps each of them shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from actors.models import User
from actors.rules.rights import PREPARE
from dialogue.models import Dialogue, ProcessStage
from dialogue.models.dialogue import Texts
from dialogue.rules.process_stages import problem_with, steps_shown_at
from dialogue.rules.process_templates import TEMPLATES, ProcessTemplate
from dialogue.rules.staircase import Step
from ostberga.lib.authorization import require
from ostberga.lib.locking import lock
from ostberga.lib.refusal import Refusal


@dataclass(frozen=True)
class StagePlan:
    """What a stage is to be; a new one without `stage`. Its place is that in the list of plans."""

    stage: ProcessStage | None
    name: Texts
    description: Texts
    step: Step | None


@dataclass(frozen=True)
class StageWithSteps:
    """A stage, and the steps whose issues are shown at it: the one it carries, and those left out that follow it."""

    stage: ProcessStage
    own: Step | None
    left_out: tuple[Step, ...]


def give_template(dialogue: Dialogue, template: ProcessTemplate) -> None:
    """Store the stages of a template, in every language. Called once, when the dialogue is made."""
    ProcessStage.objects.bulk_create(
        ProcessStage(
            dialogue=dialogue, position=place, name=each.names(), description=each.descriptions(), step=each.step
        )
        for place, each in enumerate(TEMPLATES[template], 1)
    )


@transaction.atomic
def change_stages(*, dialogue: Dialogue, stages: Sequence[StagePlan], by: User) -> None:
    """Let the dialogue have these stages, in this order. One that is left out goes, with its periods.

    Issues stay at their steps, and are shown where the steps now stand. Raises Refusal saying why these cannot work.
    """
    require(by, PREPARE, dialogue)
    lock(dialogue)
    if problem := problem_with([plan.step for plan in stages]):
        raise Refusal(problem.text, code="stages_cannot_work")
    kept = {plan.stage.pk for plan in stages if plan.stage}
    if dialogue.stages.filter(pk__in=kept).count() < len(kept):
        raise Refusal("Ett av stegen finns inte längre. Läs in sidan igen.", code="stage_is_gone")
    dialogue.stages.exclude(pk__in=kept).delete()
    for place, plan in enumerate(stages, 1):
        stage = plan.stage or ProcessStage(dialogue=dialogue)
        stage.position, stage.step = place, plan.step
        stage.name, stage.description = dict(plan.name), dict(plan.description)
        stage.save()
    vars(dialogue).pop("named_stages", None)  # what was read before
    dialogue.events.create(kind="described", what="stegen", by=by)
    dialogue.collaboration.bump_public_version()


def list_stages_with_steps(dialogue: Dialogue) -> list[StageWithSteps]:
    """The mapping between the stages and the steps that issues climb. One query."""
    stages = list(dialogue.stages.all())
    carried = [stage.carries for stage in stages]
    return [
        StageWithSteps(
            stage,
            stage.carries,
            tuple(step for step in steps_shown_at(number, carried) if step != stage.carries),
        )
        for number, stage in enumerate(stages, 1)
    ]
