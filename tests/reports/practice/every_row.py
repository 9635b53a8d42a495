"""Every row of the database, and which of them belong to practices."""

from typing import Any

from django.apps import apps

from actors.models import Collaboration
from reports.practice.emptying import paths_to_collaboration

# Written by every act, whatever it is about.
OF_EVERY_ACT = {"actors.SentForm", "actors.SecurityEvent", "actors.SecuritySeal"}


def real_rows() -> dict[str, dict[Any, Any]]:
    """Return the values of all rows but those of practices, by model and key."""
    made_up = {model: f"{path}__practice_of__isnull" for model, path in paths_to_collaboration()}
    made_up[Collaboration] = "practice_of__isnull"
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label not in OF_EVERY_ACT:
            every = model._base_manager.all()
            if model in made_up:
                every = every.exclude(pk__in=every.filter(**{made_up[model]: False}).values("pk"))
            rows[model._meta.label] = {row[model._meta.pk.attname]: row for row in every.values()}
    return rows


def made_up_rows() -> dict[str, int]:
    """Return how many rows of practices each model has, of those that have any."""
    numbers = {
        model._meta.label: model._base_manager.filter(**{f"{path}__practice_of__isnull": False}).distinct().count()
        for model, path in paths_to_collaboration()
    }
    return {label: number for label, number in numbers.items() if number}
