"""Form of the administrator's page about a collaboration's own fields."""

from typing import Any, ClassVar

from django import forms

from actors.founding.forms import OFFERED
from actors.models import Collaboration
from actors.people.forms.administration import CollaborationForm
from ostberga.lib.email_field import PastedEmailField


class OwnFieldsForm(CollaborationForm):
    """A collaboration's own fields. What somebody else has changed since the page was opened is not overwritten."""

    languages = forms.MultipleChoiceField(
        label="Språk utöver svenska", choices=OFFERED, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Collaboration
        fields = (
            *("name", "area", "municipality", "slug", "controller_name", "contact_email", "dpo_email", "languages"),
            *("minimum_group", "since_start", "since_precision"),
        )
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {
            "contact_email": PastedEmailField,
            "dpo_email": PastedEmailField,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = True
            field.label = str(field.label).capitalize() if name != "languages" else field.label

    def typed(self) -> dict[str, Any]:
        """What was changed on the page, by field."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
