"""Factories of dialogues and their stages."""

import itertools
from typing import Any

from actors.models import Collaboration
from dialogue.models import Dialogue, ProcessStage
from dialogue.process.stages import StagePlan, give_template
from dialogue.rules.process_templates import ProcessTemplate
from surveys.models import GuidingQuestion

_number = itertools.count(1)


def in_all_languages(swedish: str) -> dict[str, str]:
    """A text that exists in all four languages."""
    return {"sv": swedish, "en": f"{swedish} (en)", "so": f"{swedish} (so)", "ar": f"{swedish} (ar)"}


def dialogue(collaboration: Collaboration, template: str = ProcessTemplate.OSTBERGA, **fields: Any) -> Dialogue:
    """A dialogue that goes on; for one beside others say `has_own_address=True`."""
    guiding = fields.pop("guiding_question", None) or GuidingQuestion.objects.create(
        collaboration=collaboration, text=in_all_languages("Vad ger trivsel och trygghet?")
    )
    texts = {
        name: in_all_languages(name)
        for name in ("title", "purpose", "can_influence", "cannot_influence", "who_decides")
    }
    named = {"slug": f"dialog-{next(_number)}", **texts, **fields}
    made = Dialogue.objects.create(collaboration=collaboration, guiding_question=guiding, **named)
    give_template(made, ProcessTemplate(template))
    return made


def stage(dialogue: Dialogue, step: int) -> ProcessStage:
    """The stage that carries this step."""
    return dialogue.stages.get(step=step)


def stage_plans(dialogue: Dialogue) -> list[StagePlan]:
    """Plans that leave the stages as they are."""
    return [StagePlan(stage, stage.name, stage.description, stage.carries) for stage in dialogue.stages.all()]
