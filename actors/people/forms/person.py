"""Forms about a person in a collaboration: a task as helper and its last day, her name and her title."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from actors.models import Affiliation, Collaboration, HelperRole, User
from actors.people.forms.people import DateInput
from actors.people.helping import roles as helper_roles
from actors.people.names.renaming import correction_obstacle, name_obstacle
from actors.rules.helping import HelperTask, period_obstacle
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import capitalised_choices

HALF_A_YEAR = dt.timedelta(days=182)


class GiveTaskForm(forms.Form):
    """A task for a person, from a day to another."""

    task = forms.ChoiceField(label="Uppdrag", choices=capitalised_choices(HelperTask.choices), widget=forms.RadioSelect)
    starts_on = DayField(label="Från och med", widget=DateInput())
    ends_on = DayField(
        label="Till och med", widget=DateInput(), help_text="Högst ett år. Du kan förlänga eller avsluta när som helst."
    )

    def __init__(self, data: Any = None, *, collaboration: Collaboration, person: User) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"starts_on": today, "ends_on": today + HALF_A_YEAR})
        self.collaboration, self.person = collaboration, person

    def clean(self) -> dict[str, Any]:
        """Show what `give` would refuse beside the day."""
        typed: dict[str, Any] = super().clean() or {}
        if {"task", "starts_on", "ends_on"} <= typed.keys():
            if why := helper_roles.person_obstacle(self.collaboration, self.person):
                raise forms.ValidationError(why)
            if why := helper_roles.task_obstacle(self.collaboration, self.person, **typed):
                self.add_error("ends_on", why)
        return typed


class TaskLastDayForm(EditForm):
    """The last day of a task."""

    ends_on = DayField(label="Till och med", widget=DateInput(), help_text="Högst ett år från den första dagen.")

    def __init__(self, data: Any = None, *, role: HelperRole) -> None:
        super().__init__(data, edits=role, initial=lambda: {"ends_on": role.ends_on})
        self.role = role

    def clean_ends_on(self) -> dt.date:
        """Show what `change_last_day` would refuse."""
        day: dt.date = self.cleaned_data["ends_on"]
        if why := period_obstacle(self.role.starts_on, day, timezone.localdate()):
            raise forms.ValidationError(why)
        return day


class CorrectNameForm(EditForm):
    """The name of somebody else."""

    name = forms.CharField(
        label="Namn",
        max_length=120,
        help_text="Så visas personen för kollegor. Personen får ett brev om ändringen och kan själv ändra namnet.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, person: User, collaboration: Collaboration, by: User) -> None:
        super().__init__(data, edits=person, initial=lambda: {"name": person.name})
        self.person, self.collaboration, self.by = person, collaboration, by

    def clean_name(self) -> str:
        """Show what `correct_name` would refuse."""
        name = str(self.cleaned_data["name"])
        why = correction_obstacle(self.person, self.collaboration, self.by)
        if name != self.person.name and (why := why or name_obstacle(self.person, name)):
            raise forms.ValidationError(why)
        return name


class TitleForm(EditForm):
    """A person's title at an organisation."""

    title = forms.CharField(label="Titel", max_length=120, required=False, help_text="Till exempel belysningsingenjör.")

    def __init__(self, data: Any = None, *, affiliation: Affiliation) -> None:
        super().__init__(data, edits=affiliation, initial=lambda: {"title": affiliation.title})
