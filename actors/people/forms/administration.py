"""Forms of whoever administers: collaborations, organisations, the list of registries, appointments, colleagues."""

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.forms.models import model_to_dict

from actors.mandates.obstacles import first_address_obstacle
from actors.mandates.registry_entries import binding_obstacle
from actors.models import AppointmentProposal, Collaboration, Organisation, RegistryEntry, User
from actors.people.accounts import administration_obstacle, get_or_create_account
from actors.people.appointing import appointment_obstacle, controller_obstacle
from ostberga.lib.email_field import PastedEmailField
from ostberga.lib.form_choices import limit_choices
from ostberga.lib.locking import take_turns


class CollaborationForm(forms.ModelForm[Collaboration]):
    """A collaboration on the admin site. What somebody else changed after the page was opened is not overwritten.

    Each field has what its page showed beside it (`show_hidden_initial`).
    """

    def clean(self) -> dict[str, Any]:
        """Refuse a changed field that has been changed since. The turn is kept until the page is saved."""
        typed = super().clean() or self.cleaned_data
        if self.instance.pk is None:
            return typed
        take_turns(self.instance)
        stored = model_to_dict(Collaboration.objects.get(pk=self.instance.pk), self.changed_data)
        for name in self._with_what_was_shown():
            field, sent = self.fields[name], self._shown(name)
            if field.has_changed(stored[name], sent) and stored[name] != typed.get(name):
                told = "Någon annan har ändrat det här sedan sidan öppnades. Nu står det: {}. Öppna sidan på nytt."
                self.add_error(name, told.format(_in_words(stored[name]) or "inget"))
        return typed

    def _with_what_was_shown(self) -> list[str]:
        return [name for name in self.changed_data if self._tells_what_was_shown(name)]

    def _tells_what_was_shown(self, name: str) -> bool:
        """Whether the page sent what it showed. A choice of several of which none was chosen is sent as nothing."""
        field = self.fields[name]
        sends_nothing = field.show_hidden_initial and issubclass(field.hidden_widget, forms.MultipleHiddenInput)
        return sends_nothing or self[name].html_initial_name in self.data

    def _shown(self, name: str) -> Any:
        widget = self.fields[name].hidden_widget()
        return widget.value_from_datadict(self.data, self.files, self[name].html_initial_name)


def _in_words(stored: Any) -> str:
    return ", ".join(map(str, stored)) if isinstance(stored, list) else str(stored or "")


class RegistryEntryForm(forms.ModelForm[RegistryEntry]):
    """A domain or an address for the list of registries."""

    class Meta:
        model = RegistryEntry
        fields = ("listed", "organisation", "note")

    def clean_listed(self) -> str:
        """In lower case, as addresses are compared, however it is typed."""
        return str(self.cleaned_data["listed"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        """Show what `list_entry` would refuse."""
        cleaned: dict[str, Any] = super().clean() or {}
        if why := binding_obstacle(cleaned.get("listed", ""), cleaned.get("organisation")):
            self.add_error("listed", why)
        return cleaned


class NewOrganisationForm(forms.ModelForm[Organisation]):
    """An organisation that all collaborations can choose, with the address that confirms for it."""

    class Meta:
        model = Organisation
        fields = ("name", "short_name", "slug", "kind", "registry_email")

    def clean_name(self) -> str:
        """Refuse a name that another organisation has, or that looks like it."""
        return self._free_name("name")

    def clean_short_name(self) -> str:
        """As the name."""
        return self._free_name("short_name")

    def _free_name(self, field: str) -> str:
        name = str(self.cleaned_data[field])
        others = Organisation.objects.exclude(pk=self.instance.pk)
        if name != getattr(self.instance, field) and (why := others.obstacle_to_names(name)):
            raise forms.ValidationError(why)
        return name

    def clean_registry_email(self) -> str:
        """Show what `enter_without_asking` would refuse."""
        address = str(self.cleaned_data["registry_email"]).strip().lower()
        body = Organisation(
            pk=self.instance.pk, name=self.instance.name, kind=self.cleaned_data.get("kind", self.instance.kind)
        )
        if address and (why := first_address_obstacle(body, address)):
            raise forms.ValidationError(why)
        return address


class AppointmentProposalForm(forms.ModelForm[AppointmentProposal]):
    """A person to propose, by her address; without an account she gets one, which opens when she is appointed."""

    email = PastedEmailField(label="E-post", help_text="Den som ska samordna.")
    name = forms.CharField(label="Namn", max_length=120, help_text="Används om hon inte har konto.")

    class Meta:
        model = AppointmentProposal
        fields = ("collaboration", "role", "reason")
        labels: ClassVar[dict[str, str]] = {"collaboration": "Samverkan"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "collaboration" in self.fields:  # in none of a page that only shows a proposal
            limit_choices(self, "collaboration", Collaboration.objects.real())

    def clean(self) -> dict[str, Any]:
        """Show what `propose` would refuse."""
        cleaned: dict[str, Any] = super().clean() or {}
        if {"collaboration", "role", "email"} <= cleaned.keys():
            collaboration, role = cleaned["collaboration"], cleaned["role"]
            if why := appointment_obstacle(collaboration=collaboration, user=self._person(), role=role):
                self.add_error("email", why)
            if why := controller_obstacle(collaboration):
                self.add_error("collaboration", why)
            if collaboration.appointment_proposals.waiting().filter(role=role).exists():
                self.add_error("role", "Ett annat förslag väntar på svar.")
        return cleaned

    def _person(self) -> User:
        return _known_or_new(self.cleaned_data["email"], self.cleaned_data.get("name", ""))

    @transaction.atomic
    def arguments(self) -> dict[str, Any]:
        """The cleaned data as `propose` takes it; creates the account if there is none, without a password."""
        person = get_or_create_account(email=self.cleaned_data["email"], name=self.cleaned_data["name"])
        return {name: self.cleaned_data[name] for name in ("collaboration", "role", "reason")} | {"user": person}


class AdministratorForm(forms.Form):
    """Who is to administer the installation: an account, or a new one that she opens by a letter."""

    email = PastedEmailField(label="E-post", help_text="Adressen som hon loggar in med, eller ska logga in med.")
    name = forms.CharField(
        label="Namn", max_length=120, required=False, help_text="Behövs om hon inte har konto.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Show what `give_administration` would refuse, and require the name of somebody new."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "email" in cleaned:
            person = _known_or_new(cleaned["email"], cleaned.get("name", ""))
            if why := administration_obstacle(person):
                self.add_error("email", why)
            elif person.pk is None and not person.name:
                self.add_error("name", "Ingen har konto med den adressen. Skriv vad hon heter.")
        return cleaned

    def person(self) -> User:
        """Return the account, made if there is none."""
        return get_or_create_account(email=self.cleaned_data["email"], name=self.cleaned_data["name"])


def _known_or_new(email: str, name: str) -> User:
    address = email.strip().lower()
    return User.objects.filter(email__iexact=address).first() or User(email=address, name=name)
