"""Forms for the stages in a round: the period of each, as people say it, and what happens."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from dialogue.models import Dialogue, ProcessStage, ProcessStep
from dialogue.process.planning import StepPlan
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.form_choices import limit_choices
from ostberga.lib.locking import lock
from ostberga.lib.period_reading import parse_period
from ostberga.lib.periods import Period
from ostberga.lib.translations.texts_form import TextField, TextsForm


class StepForm(EditForm, TextsForm):
    """A stage in a round."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "name": TextField(
            "Med andra ord",
            "Till exempel «Vi lyssnar». Stegets namn ändras på sidan Steg.",
            required=False,
            max_length=80,
        ),
        "description": TextField("Vad som händer", required=False, rows=3, max_length=800),
    }
    period = forms.CharField(
        label="När",
        max_length=80,
        required=False,
        help_text="Som man säger det: «våren 2017», «maj–juni 2016», «2017–». Tomt: inte bestämt.",
    )
    loops_to = forms.ModelChoiceField(
        ProcessStage.objects.none(), label="⇌ Leder tillbaka till", empty_label="Ingenstans", required=False
    )

    def __init__(
        self, number: int, stage: ProcessStage, source: ProcessStep | None, data: Any = None, *, is_last: bool = False
    ) -> None:
        initial: dict[str, Any] = {"name": source.name, "description": source.description} if source else {}
        if source and source.round_number == number:
            initial |= {"period": source.period.label(), "loops_to": source.loops_to_id}
        round_shown = f"omgång {number}"
        super().__init__(data, edits=stage.dialogue, about=round_shown, initial=initial, prefix=f"steg-{stage.pk}")
        self.stage = stage
        if is_last:
            limit_choices(self, "loops_to", stage.dialogue.stages.exclude(pk=stage.pk))
        else:
            del self.fields["loops_to"]

    def clean_period(self) -> Period | None:
        """Read the period from words; the error says how to write it."""
        typed = self.cleaned_data["period"].strip()
        try:
            return parse_period(typed) if typed else None
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any]:
        """Words about a step are kept with its period: without one they would be lost, so that is said instead."""
        typed = super().clean() or self.cleaned_data
        has_words = any(text for name in self.texts for text in self.texts_of(name).values())
        if has_words and not typed.get("period") and "period" not in self.errors and self._are_words_of_now():
            self.add_error("period", "Skriv när, annars sparas inte orden. Ta bort dem om steget inte är bestämt.")
        return typed

    def _are_words_of_now(self) -> bool:
        """Whether the words were written now or stood in this round; those of the round before stand there still."""
        return bool(self.initial.get("period")) or any(
            name.rsplit("_", 1)[0] in self.texts for name in self.changed_data
        )

    @property
    def plan(self) -> StepPlan:
        """The plan of the stage, for `plan_round`."""
        typed = self.cleaned_data
        return StepPlan(typed["period"], self.texts_of("name"), self.texts_of("description"), typed.get("loops_to"))


def step_forms(dialogue: Dialogue, number: int, data: Any = None) -> list[StepForm]:
    """Return a form for each stage in a round. A new round has the words of the one before."""
    if data is not None:
        lock(dialogue)  # before the stages are read, as each form does once more
    known = list(dialogue.steps.filter(round_number__lte=number))
    now = {planned.stage_id: planned for planned in known if planned.round_number == number}
    words = {planned.stage_id: planned for planned in known}
    stages = list(dialogue.stages.select_related("dialogue"))
    return [StepForm(number, at, now.get(at.pk) or words.get(at.pk), data, is_last=at == stages[-1]) for at in stages]
