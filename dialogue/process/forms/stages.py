"""Forms for the stages of a dialogue, all on one page: words, gate, place, and whether a stage is left out."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from dialogue.models import Dialogue, ProcessStage
from dialogue.process.stages import StagePlan
from dialogue.rules.process_stages import MOST, problem_with
from dialogue.rules.staircase import Step
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.locking import lock
from ostberga.lib.translations.texts_form import TextField, TextsForm

SHOWN_STAGES = "steg"  # the keys of the stages that the page showed
# What an issue needs to leave each step, in short.
GATES = {
    Step.INTERVIEWS: "rätt roller ska ha hörts",
    Step.REPORT: "frågan ska finnas i en rapport som är läst",
    Step.WORKING_GROUPS: "en grupp ska stå bakom ett förslag",
    Step.DECISION: "ett beslut ska gälla, och någon ha tackat ja",
    Step.IMPLEMENTATION: "aktiviteterna ska vara klara",
}


class StageForm(EditForm, TextsForm):
    """A stage, or a new one that is added when anything is written in it."""

    uncompared = frozenset({"is_left_out"})
    texts: ClassVar[Mapping[str, TextField]] = {
        "name": TextField("Namn", max_length=80),
        "description": TextField("Vad som händer", required=False, rows=2, max_length=800),
    }
    step = forms.TypedChoiceField(
        label="Spärr",
        coerce=lambda value: Step(int(value)),
        empty_value=None,
        required=False,
        choices=[
            ("", "Ingen: frågor stannar inte här"),
            *((step.value, f"{step.label}: {GATES[step]}") for step in Step),
        ],
    )
    position = forms.IntegerField(label="Plats", min_value=1, max_value=MOST)
    is_left_out = forms.BooleanField(
        label="Lämna ut steget",
        required=False,
        help_text="Dess tider tas bort. Frågor som stod här visas på det närmaste steget före.",
    )

    def __init__(self, dialogue: Dialogue, stage: ProcessStage | None, data: Any = None) -> None:
        self.stage = stage
        if stage is None:
            super().__init__(data, prefix="nytt", empty_permitted=True, use_required_attribute=False)
            del self.fields["is_left_out"]
            self.fields["position"].required = False
            self.fields["position"].help_text = "Tomt: sist."
            return
        initial = {"name": stage.name, "description": stage.description, "step": stage.step, "position": stage.position}
        super().__init__(data, edits=dialogue, initial=initial, prefix=f"steg-{stage.pk}")

    @property
    def is_kept(self) -> bool:
        """Whether the stage is to be: it is not left out, or it is a new one that something is written in."""
        return self.has_changed() if self.stage is None else not self.cleaned_data["is_left_out"]

    @property
    def place(self) -> tuple[int, int]:
        """Sorts the stages: whoever takes the place of another stands before it, unless it comes from further up."""
        position = self.cleaned_data["position"]
        if position is None:
            return MOST + 1, 0
        before = self.stage.position if self.stage else MOST + 1
        return position, (position > before) - (position < before)

    @property
    def plan(self) -> StagePlan:
        """The plan of the stage, for `change_stages`."""
        name, description = self.texts_of("name"), self.texts_of("description")
        return StagePlan(self.stage, name, description, self.cleaned_data["step"])


class StageForms:
    """The forms of all stages of a dialogue, and one for a new stage, judged together."""

    def __init__(self, dialogue: Dialogue, data: Any = None) -> None:
        if data is not None:
            lock(dialogue)  # before the stages are read: whoever changes them locks it
        stages = list(dialogue.stages.all())
        self._data = data
        self._shown = set(data.getlist(SHOWN_STAGES)) if data is not None else {str(stage.pk) for stage in stages}
        sent = {stage.pk: data if str(stage.pk) in self._shown else None for stage in stages}
        self.stages = [StageForm(dialogue, stage, sent[stage.pk]) for stage in stages]
        self.new = StageForm(dialogue, None, data)
        self.problems: list[str] = []

    def is_valid(self) -> bool:
        """Validate every form, so that each shows its own errors, and then what they make together."""
        self.problems = list(self._changed_meanwhile())
        if [form for form in [*self.stages, self.new] if not form.is_valid()] or self.problems:
            return False
        kept = self._in_order()
        problem = problem_with([form.cleaned_data["step"] for form in kept])
        if problem and problem.number:
            kept[problem.number - 1].add_error("step", problem.text)
        elif problem:
            self.problems.append(problem.text)
        return problem is None

    @property
    def plans(self) -> list[StagePlan]:
        """What the stages are to be, in their order."""
        return [form.plan for form in self._in_order()]

    def _in_order(self) -> list[StageForm]:
        return sorted((form for form in [*self.stages, self.new] if form.is_kept), key=lambda form: form.place)

    def _changed_meanwhile(self) -> "list[str]":
        """Say that another has added or left out stages since the page was shown, with the words that have no form."""
        now = {str(form.stage.pk): form for form in self.stages if form.stage}
        said = []
        if added := [form for key, form in now.items() if key not in self._shown]:
            names = ", ".join(f"«{form.stage}»" for form in added)
            said.append(f"Någon annan har lagt till {names} medan du skrev. Läs, och spara igen.")
        for key in sorted(self._shown - set(now)):
            words = [self._data.get(f"steg-{key}-{name}_sv", "") for name in StageForm.texts]
            typed = ": ".join(filter(None, words))
            said.append(
                f"Någon annan har lämnat ut steget «{typed}» medan du skrev. Lägg till det igen om det ska vara kvar."
            )
        return said
