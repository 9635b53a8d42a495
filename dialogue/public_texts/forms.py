"""The form of a dialogue's public texts."""

from collections.abc import Mapping
from typing import Any, ClassVar

from dialogue.models import Dialogue
from dialogue.process.forms.dialogue import DIALOGUE_TEXTS
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.translations.texts_form import TextField, TextsForm


class DialogueTextsForm(EditForm, TextsForm):
    """The texts of a dialogue in each language."""

    texts: ClassVar[Mapping[str, TextField]] = DIALOGUE_TEXTS

    def __init__(self, dialogue: Dialogue, data: Any = None) -> None:
        super().__init__(data, edits=dialogue, initial=lambda: {name: getattr(dialogue, name) for name in self.texts})

    @property
    def dialogue_texts(self) -> dict[str, Mapping[str, str]]:
        """The texts by the names of the dialogue's fields."""
        return {name: self.texts_of(name) for name in self.texts}
