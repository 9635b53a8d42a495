"""Which dialogue a form belongs to, for the pages of forms: their room lies below that of dialogues."""

from collections.abc import Iterable

from django import template
from django.db.models import prefetch_related_objects

from dialogue.models import Dialogue
from surveys.models import Survey

register = template.Library()


@register.simple_tag
def dialogues_of(survey: Survey) -> list[Dialogue]:
    """Return the dialogues of a form, those that go on first."""
    return list(Dialogue.objects.filter(surveys=survey))


@register.simple_tag
def prefetch_dialogues(surveys: Iterable[Survey]) -> str:
    """Fetch the dialogues of a list of forms at once, so that `survey.dialogues.all` costs nothing. Writes nothing."""
    prefetch_related_objects(list(surveys), "dialogues")
    return ""
