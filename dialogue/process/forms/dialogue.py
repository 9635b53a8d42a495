"""Forms for the texts of a dialogue, its guiding question and its surveys."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from actors.models import Collaboration
from dialogue.models import Dialogue
from dialogue.rules.process_templates import ProcessTemplate
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.form_choices import limit_choices
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.texts_form import TextField, TextsForm
from surveys.models import GuidingQuestion, Survey

TITLE = TextField("Namn", "Kort, som ni brukar kalla dialogen.", max_length=120)

DIALOGUE_TEXTS: Mapping[str, TextField] = {
    "title": TITLE,
    "purpose": TextField("Syfte", "Varför ni frågar och vad svaren ska leda till.", rows=4, max_length=1200),
    "can_influence": TextField("Det här kan påverkas", rows=4, max_length=1200),
    "cannot_influence": TextField(
        "Det här kan inte påverkas",
        "Säg det rakt ut. Löften ingen kan hålla kostar förtroende.",
        rows=4,
        max_length=1200,
    ),
    "who_decides": TextField("Vem bestämmer?", rows=4, max_length=1200),
}


class DialogueForm(EditForm, TextsForm):
    """The texts of a dialogue, its guiding question and its surveys."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "question": TextField("Vägledande fråga", "Den öppna frågan som alla får. Trivsel först, inte problem."),
        **DIALOGUE_TEXTS,
    }
    surveys = forms.ModelMultipleChoiceField(
        Survey.objects.none(),
        label="Formulär som hör till dialogen",
        help_text="Knappen «Svara på frågan» leder till det av dem som är öppet. De som hör till en annan dialog som "
        "pågår eller förbereds står inte här, och ett som har fått svar går inte att ta ut sedan dialogen börjat.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, dialogue: Dialogue, data: Any = None) -> None:
        def now() -> dict[str, Any]:
            read = {name: getattr(dialogue, name) for name in DIALOGUE_TEXTS} | {
                "question": dialogue.guiding_question.text
            }
            return read | {"surveys": list(dialogue.surveys.all())}

        self._dialogue = dialogue
        free = _free_surveys(dialogue)
        # The forms are locked with the texts, in one order: describing the dialogue locks those that are chosen.
        super().__init__(data, edits=dialogue, besides=[*dialogue.rows_of_texts()[1:], *free], initial=now)
        limit_choices(self, "surveys", free)

    def clean_surveys(self) -> QuerySet[Survey]:
        """Require the forms that the dialogue has heard something in."""
        chosen: QuerySet[Survey] = self.cleaned_data["surveys"]
        try:
            self._dialogue.refuse_surveys(chosen)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return chosen

    @property
    def dialogue_texts(self) -> dict[str, Mapping[str, str]]:
        """The texts by the names of the dialogue's fields."""
        return {name: self.texts_of(name) for name in self.texts if name != "question"}


def _free_surveys(dialogue: Dialogue) -> QuerySet[Survey]:
    """The forms that it has, and those that belong to no other dialogue that has not ended."""
    others = Dialogue.objects.not_ended().exclude(pk=dialogue.pk)
    taken = Survey.objects.filter(dialogues__in=others).exclude(pk__in=dialogue.surveys.values("pk"))
    return Survey.objects.filter(collaboration=dialogue.collaboration_id).exclude(pk__in=taken.values("pk"))


class NewDialogueForm(TextsForm):
    """The name and guiding question of a new dialogue; the rest is written on its own page."""

    texts: ClassVar[Mapping[str, TextField]] = {"title": TITLE}
    guiding_question = forms.ModelChoiceField(
        GuidingQuestion.objects.none(), label="Vägledande fråga", required=False, empty_label="En ny fråga"
    )
    new_question = forms.CharField(label="Den nya frågan", max_length=400, required=False)
    template = forms.TypedChoiceField(
        label="Steg",
        help_text="Med namn på alla språk. Du kan byta namn på dem, lägga till och lämna ut steg sedan.",
        coerce=ProcessTemplate,
        choices=ProcessTemplate.choices,
        initial=ProcessTemplate.OSTBERGA,
        widget=forms.RadioSelect,
    )

    def __init__(self, collaboration: Collaboration, data: Any = None) -> None:
        super().__init__(data)
        limit_choices(self, "guiding_question", GuidingQuestion.objects.filter(collaboration=collaboration))

    def clean(self) -> dict[str, Any]:
        """Require a question, chosen or written."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("guiding_question") and not (typed.get("new_question") or "").strip():
            self.add_error("new_question", "Skriv frågan, eller välj en som redan finns.")
        return typed
