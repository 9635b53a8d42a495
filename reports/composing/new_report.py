"""Creating a report, pre-filled from the dialogue and its survey."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE
from dialogue.issues.separate_forms import forms_apart_from
from dialogue.models import Dialogue, PublishedReport
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.languages import SOURCE
from reports.composing.theme_contents import add_theme
from reports.models import Report
from surveys.models import Question, Theme, Wave


@transaction.atomic
def create_report(
    *, dialogue: Dialogue, wave: Wave, title: str, by: User, slug: str = "", at: dt.datetime | None = None
) -> Report:
    """Create a report with the themes heard in the wave, a few quotes each, and texts from the dialogue.

    Raises Refusal when the wave's form belongs to another dialogue: the background would not be its own.
    """
    require(by, COORDINATE, dialogue)
    if wave.survey_id in forms_apart_from(dialogue):
        raise Refusal("Formuläret hör till en annan dialog. Gör rapporten i den.", code="other_dialogue")
    collaboration = dialogue.collaboration
    take_turns(collaboration)
    at = at or timezone.now()
    report = Report.objects.create(
        dialogue=dialogue,
        wave=wave,
        title=title.strip(),
        slug=_free_slug(collaboration, slug or slugify(title)),
        background=dialogue.purpose.get(SOURCE, ""),
        can_influence=_who_decides(dialogue),
        question_guide=_questions(wave),
        created_by=by,
        created_at=at,
        edited_by=by,
        edited_at=at,
    )
    for theme in Theme.objects.filter(collaboration=collaboration, retired_at__isnull=True):
        chosen = add_theme(report=report, theme=theme)
        if not chosen.chosen_perspectives.exists():
            chosen.delete()  # nothing was said about it in this wave; it can be added by hand
    return report


def _free_slug(collaboration: Collaboration, wanted: str) -> str:
    """A slug that no report of the collaboration has or has had; numbered if `wanted` is taken."""
    within = {"dialogue__collaboration": collaboration}
    taken = {
        *Report.objects.filter(**within).values_list("slug", flat=True),
        *PublishedReport.objects.filter(**within).values_list("slug", flat=True),
    }
    wanted = (wanted or "rapport")[:70]
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _who_decides(dialogue: Dialogue) -> str:
    parts = (dialogue.can_influence, dialogue.cannot_influence, dialogue.who_decides)
    return "\n\n".join(filter(None, (texts.get(SOURCE, "").strip() for texts in parts)))


def _questions(wave: Wave) -> str:
    asked = wave.survey.questions.current().filter(background=Question.Background.NONE)
    return "\n".join(str(question) for question in asked)
