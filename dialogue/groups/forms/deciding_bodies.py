"""Base form for choosing which bodies decide, each in a form of decision that it can use."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from actors.models import Organisation
from dialogue.rules.decisions import FormOfDecision, forms_for
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.form_choices import capitalised_choices
from ostberga.lib.translations.texts_form import TextsForm

# Reads the form of each body that decides now, by key; called when what the form edits has been locked.
ReadForms = Callable[[], Mapping[int, str]]
NAMES = dict(FormOfDecision.choices)


class DecidingBodiesForm(EditForm, TextsForm):
    """A form with one extra choice field for each body: does not decide, or its form of decision."""

    def __init__(self, bodies: Sequence[Organisation], read_forms: ReadForms, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.bodies = bodies
        forms_now = read_forms()
        for body in bodies:
            self.fields[_name(body)] = forms.ChoiceField(
                label=body.name,
                required=False,
                choices=capitalised_choices(
                    [("", "Beslutar inte"), *((form, NAMES[form]) for form in forms_for(body.kind))]
                ),
                initial=forms_now.get(body.pk, ""),
            )

    @property
    def body_fields(self) -> list[BoundField]:
        """The choice field of each body, for the template."""
        return [self[_name(body)] for body in self.bodies]

    @property
    def deciders(self) -> dict[Organisation, str]:
        """The bodies chosen to decide, with their forms of decision."""
        chosen = {body: self.cleaned_data.get(_name(body), "") for body in self.bodies}
        return {body: form for body, form in chosen.items() if form}


def _name(body: Organisation) -> str:
    return f"beslutar_{body.pk}"
