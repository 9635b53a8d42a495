"""The form for the perspectives that an issue rests on."""

from collections.abc import Iterator
from typing import Any

from django import forms

from dialogue.issues.perspective_links import PerspectiveChoice, perspective_choices
from dialogue.models import Issue
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.form_choices import set_choices
from surveys.models import Perspective


class PerspectivesForm(EditForm):
    """A checkbox for each standing perspective."""

    perspectives = forms.TypedMultipleChoiceField(label="Perspektiv", coerce=int, required=False)

    def __init__(self, issue: Issue, data: Any = None) -> None:
        super().__init__(data, edits=issue, initial=lambda: self._read(issue))
        set_choices(self, "perspectives", ((key, str(choice.perspective)) for key, choice in self.by_key.items()))

    def _read(self, issue: Issue) -> dict[str, Any]:
        choices = perspective_choices(issue)
        self.by_key = {choice.perspective.pk: choice for choice in choices}
        return {"perspectives": [choice.perspective.pk for choice in choices if choice.is_chosen]}

    @property
    def rows(self) -> Iterator[tuple[PerspectiveChoice, bool]]:
        """Each choice and whether its box is ticked."""
        ticked = {str(key) for key in self["perspectives"].value() or []}
        for key, choice in self.by_key.items():
            yield choice, str(key) in ticked

    @property
    def chosen(self) -> list[Perspective]:
        """The ticked perspectives."""
        return [self.by_key[key].perspective for key in self.cleaned_data["perspectives"]]
