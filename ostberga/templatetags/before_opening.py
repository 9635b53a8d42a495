"""What stands beside the button that opens a form: what others expect to be done before anybody answers."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from dialogue.models import Dialogue
from surveys.models import Survey, Wave

register = template.Library()


@dataclass(frozen=True)
class Reminder:
    """A sentence about what is not done, and the page where it is."""

    text: str
    url: str
    label: str


@register.simple_tag
def before_opening(survey: Survey) -> list[Reminder]:
    """Return what is not done that belongs before the first answer: none of it stops the opening. Two queries."""
    place = survey.collaboration
    reminders = [] if place.practice_of_id else [*_about_dialogue(survey), *_about_data_protection(survey)]
    return [
        Reminder(text, reverse(f"coordinate:{name}", args=[place.slug, *keys]), label)
        for text, name, keys, label in reminders
    ]


def _about_dialogue(survey: Survey) -> list[tuple[str, str, list[int], str]]:
    dialogues = list(Dialogue.objects.filter(surveys=survey))
    if any(not dialogue.is_prepared for dialogue in dialogues):
        return []
    if not dialogues:
        text = "Formuläret hör inte till någon dialog, så ingen sida säger vad svaren ska leda till."
        return [(text, "dialogues", [], "Till dialogerna")]
    text = f"Dialogen «{dialogues[0]}» har inte börjat, så ingen sida säger vad svaren ska leda till."
    return [(text, "dialogue-make-current", [dialogues[0].pk], "Börja dialogen")]


def _about_data_protection(survey: Survey) -> list[tuple[str, str, list[int], str]]:
    place = survey.collaboration
    if Wave.objects.filter(survey__collaboration=place, opened_at__isnull=False).exists():
        return []
    text = "Konsekvensbedömningen ska vara gjord innan ni börjar samla in. Utkastet finns bland handlingarna."
    if not place.dpo_email:
        text += " Dataskyddsombudets adress är inte ifylld."
    return [(text, "papers", [], "Till handlingarna")]
