"""Search, choose among and sort the coordinator's issues."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from dialogue.models import Dialogue, Issue
from dialogue.rules.process_stages import in_words
from dialogue.rules.staircase import Step
from ostberga.lib.web.list_filters import ListFilter, ordering


class IssueFilter(ListFilter):
    """By words, dialogue, step, and whether residents see it."""

    searched = ("title.sv", "description.sv")
    dialog = django_filters.ModelChoiceFilter(
        label="Dialog",
        field_name="dialogue",
        to_field_name="slug",
        queryset=Dialogue.objects.none(),
        empty_label="Alla",
    )
    steg = django_filters.ChoiceFilter(label="Steg", field_name="step", choices=Step.choices, empty_label="Alla")
    visas = django_filters.ChoiceFilter(
        label="Visas", method="shown", choices=[("ja", "för alla"), ("nej", "bara här")], empty_label="Alla"
    )
    ordning = ordering(
        ("title__sv", "rubrik", "rubrik"), ("step", "steg", "steg"), ("-step", "-steg", "steg, sista först")
    )

    class Meta:
        model = Issue
        fields: list[str] = []

    def __init__(self, data: Any, queryset: "QuerySet[Issue]", *, dialogues: "QuerySet[Dialogue]") -> None:
        super().__init__(data, queryset=queryset)
        self.filters["dialog"].queryset = dialogues
        if len(dialogues) < 2:  # nothing to choose
            del self.filters["dialog"]
        for dialogue in dialogues[:1] if len(dialogues) == 1 else []:
            words = [(step.value, in_words(dialogue.stage_at(step), step)) for step in Step]
            self.filters["steg"].extra["choices"] = words

    def shown(self, queryset: "QuerySet[Issue]", name: str, value: str) -> "QuerySet[Issue]":  # noqa: ARG002
        """Keep those that residents see, or those that they do not."""
        return queryset.filter(published_at__isnull=value == "nej")
