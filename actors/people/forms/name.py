"""The form for one's own name."""

from typing import Any

from django import forms

from actors.models import User
from actors.people.names.renaming import name_obstacle
from ostberga.lib.editing.edit_form import EditForm


class NameForm(EditForm):
    """The name that colleagues see, and whether they may find the person by an earlier one."""

    name = forms.CharField(
        label="Namn",
        max_length=120,
        help_text="Så visas du för kollegor. Det får vara en pseudonym. "
        "Svarar du för en organisation får registratorn och samordnaren brev.",
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    keep_former = forms.BooleanField(
        label="Samordnaren får hitta mig på det jag hette förut",
        required=False,
        help_text="Annars glöms det. I justerade protokoll och givna svar står namnet från deras dag kvar.",
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, edits=user, initial=lambda: {"name": user.name, "keep_former": True})
        self.user = user

    def clean_name(self) -> str:
        """Refuse a name that is taken for a colleague's; the one she has she may keep."""
        name = str(self.cleaned_data["name"])
        if name != self.user.name and (why := name_obstacle(self.user, name)):
            raise forms.ValidationError(why)
        return name
