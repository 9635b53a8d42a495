"""Forms about mandates: proposing one, and entering a registry address."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from actors.mandates.obstacles import entering_obstacle, first_address_obstacle
from actors.mandates.registry_removals import replacement_obstacle
from actors.models import Affiliation, Organisation
from actors.rules.mandates import scopes_for
from ostberga.lib.email_field import PastedEmailField
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import set_choices


class DayInput(forms.DateInput):
    """A date with the browser's date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ProposeMandateForm(forms.Form):
    """What a person's mandate would cover, and when."""

    scopes = forms.MultipleChoiceField(
        label="Får …",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj vad mandatet ska omfatta."},
    )
    since = DayField(label="Från", widget=DayInput(), initial=timezone.localdate)
    until = DayField(label="Till", widget=DayInput(), required=False, help_text="Tomt: tills vidare.")

    def __init__(self, *args: Any, place: Affiliation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        set_choices(self, "scopes", [(scope.value, scope.label) for scope in scopes_for(place.organisation.kind)])

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Sista dagen kan inte ligga före den första.")
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """The cleaned data as `proposing.propose` takes it."""
        own = {"person": self.place.user, "organisation": self.place.organisation, "title": self.place.title}
        return own | self.cleaned_data


class RegistryAddressForm(forms.Form):
    """The address at which an organisation confirms; for an association, its contact's, with her name."""

    address = PastedEmailField(
        label="Registratorns adress",
        help_text="Den allmänna adressen, till exempel registrator@example.se. Aldrig en persons.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    contact_name = forms.CharField(label="Kontaktperson", max_length=120, help_text="Den i föreningen som bekräftar.")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        if organisation.kind == Organisation.Kind.ASSOCIATION:
            self.fields["address"].label = "Kontaktpersonens adress"
            self.fields["address"].help_text = "Dit går ett brev med en länk som bekräftar."
            self.order_fields(["contact_name", "address"])
        else:
            del self.fields["contact_name"]

    def clean_address(self) -> str:
        """Show what `enter` would refuse beside the address."""
        address = str(self.cleaned_data["address"]).strip().lower()
        if why := entering_obstacle(self.organisation, address):
            raise forms.ValidationError(why)
        if address == self.organisation.registry_email:
            raise forms.ValidationError("Den adressen gäller redan.")
        return address


class ListedAddressForm(forms.Form):
    """An address for an organisation's registry, as an administrator enters it: it is to be on the list already."""

    # Why an organisation can not have the address; empty when it can.
    obstacle: ClassVar[Callable[[Organisation, str], str]]

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_address(self) -> str:
        """Show what the verb would refuse beside the address."""
        address = str(self.cleaned_data["address"]).strip().lower()
        if why := type(self).obstacle(self.organisation, address):
            raise forms.ValidationError(why)
        return address


class FirstAddressForm(ListedAddressForm):
    """The first registry address of an organisation that exists."""

    address = PastedEmailField(
        label="Registratorns adress",
        help_text="Den allmänna adressen, till exempel registrator@example.se. Den ska redan stå på listan.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    obstacle = first_address_obstacle


class ReplacementForm(ListedAddressForm):
    """The address that comes instead of a data controller's that no longer works."""

    address = PastedEmailField(
        label="Ny adress till registratorn",
        help_text="Den allmänna adressen. Den ska redan räknas enligt listan över registratorer.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    obstacle = replacement_obstacle
