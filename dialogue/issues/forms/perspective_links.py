"""Which perspectives an issue rests on."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from dialogue.issues.perspective_links import PerspectiveChoice
from ostberga.lib.form_choices import set_choices
from surveys.models import Perspective


class PerspectivesForm(forms.Form):
    """A box for each perspective that stands."""

    perspectives = forms.TypedMultipleChoiceField(label="Perspektiv", coerce=int, required=False)

    def __init__(self, choices: Sequence[PerspectiveChoice], data: Any = None) -> None:
        super().__init__(data, initial={"perspectives": [one.perspective.pk for one in choices if one.is_chosen]})
        self.by_key = {one.perspective.pk: one for one in choices}
        set_choices(self, "perspectives", ((key, str(one.perspective)) for key, one in self.by_key.items()))

    @property
    def rows(self) -> Iterator[tuple[PerspectiveChoice, bool]]:
        """Each perspective and whether its box is ticked now."""
        ticked = {str(key) for key in self["perspectives"].value() or []}
        for key, choice in self.by_key.items():
            yield choice, str(key) in ticked

    @property
    def chosen(self) -> list[Perspective]:
        """The perspectives that were ticked."""
        return [self.by_key[key].perspective for key in self.cleaned_data["perspectives"]]
