"""Forms of the administrator's pages: a collaboration's own fields, and a first registry address."""

from typing import Any, ClassVar

from django import forms

from actors.founding.forms import OFFERED
from actors.mandates.obstacles import first_address_obstacle
from actors.models import Collaboration, Organisation
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


class FirstAddressForm(forms.Form):
    """The first registry address of an organisation that exists."""

    address = PastedEmailField(
        label="Registratorns adress",
        help_text="Den allmänna adressen, till exempel registrator@example.se. Den ska redan stå på listan.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_address(self) -> str:
        """Show what `enter_without_asking` would refuse beside the address."""
        address = str(self.cleaned_data["address"]).strip().lower()
        if why := first_address_obstacle(self.organisation, address):
            raise forms.ValidationError(why)
        return address
