"""Forms for invitations, ending an affiliation, appointments, and an invited person's account."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils import timezone

from actors.models import Collaboration, CoordinatorAppointment, Organisation, User
from actors.people import inviting
from actors.people.appointing import appointment_obstacle
from actors.people.memberships import people_of
from actors.rules.helping import HelperTask, period_obstacle
from actors.rules.mandates import MandateScope, in_words, scopes_for
from ostberga.lib.email_field import PastedEmailField
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import limit_choices


class DateInput(forms.DateInput):
    """A date with the browser's date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class InvitePersonForm(forms.Form):
    """A person to invite, and her organisation."""

    email = PastedEmailField(label="E-post", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label="Namn", max_length=120, help_text="Så står det i brevet. Personen kan ändra det.")
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Organisation",
        required=False,
        empty_label="Ingen: boende, förtroendevald eller medarbetare hos samordnaren",
    )
    title = forms.CharField(label="Titel", max_length=120, required=False, help_text="Till exempel belysningsingenjör.")
    scopes = forms.MultipleChoiceField(
        label="Ska få svara för organisationen",
        choices=MandateScope.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Det blir ett förslag till mandat, som organisationens registrator bekräftar.",
    )
    helper_task = forms.ChoiceField(
        label="Ska hjälpa till som",
        required=False,
        choices=[("", "Ingen medhjälpare"), *HelperTask.choices],
        help_text="Uppdraget börjar när inbjudan antas. Vad det innebär står i handboken.",
    )
    helper_until = DayField(
        label="Till och med", required=False, widget=DateInput(), help_text="Uppdragets sista dag, högst ett år bort."
    )

    def __init__(self, *args: Any, collaboration: Collaboration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.collaboration = collaboration
        bodies = Organisation.objects.filter(partnerships__in=collaboration.partnerships.current())
        limit_choices(self, "organisation", bodies)
        if collaboration.awaits_controller:  # nobody helps before its data controller has confirmed who coordinates
            del self.fields["helper_task"], self.fields["helper_until"]

    def clean(self) -> dict[str, Any]:
        """Require an organisation that can give such a mandate; refuse what `invite` would refuse."""
        cleaned: dict[str, Any] = super().clean() or {}
        scopes, body = set(cleaned.get("scopes") or ()), cleaned.get("organisation")
        if scopes and not body:
            self.add_error("organisation", "Välj organisationen som personen ska svara för.")
        elif body and (wider := scopes - set(scopes_for(body.kind))):
            able = in_words(scopes_for(body.kind))
            self.add_error("scopes", f"{body} kan inte ge mandat att {in_words(wider)}, bara att {able}.")
        if cleaned.get("helper_task") and "helper_until" in cleaned:
            self._check_last_day(cleaned["helper_until"])
        if "email" in cleaned:
            place = {"email": cleaned["email"], "organisation": cleaned.get("organisation")}
            if why := inviting.invitation_obstacle(collaboration=self.collaboration, **place):
                self.add_error("email", why)
        return cleaned

    def _check_last_day(self, last: dt.date | None) -> None:
        today = timezone.localdate()
        why = period_obstacle(today, last, today) if last else "Skriv till och med vilken dag uppdraget gäller."
        if why:
            self.add_error("helper_until", why)


class AppointForm(forms.Form):
    """A person to appoint, the role and the reason."""

    role = forms.ChoiceField(label="Uppdrag", choices=CoordinatorAppointment.Role.choices, widget=forms.RadioSelect)
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Vem tar över?",
        empty_label="Välj person",
        help_text="Personer med konto i samverkan. Saknas någon? Bjud in först.",
    )
    reason = forms.CharField(label="Anledning", max_length=240, required=False, help_text="Till exempel föräldraledig.")

    def __init__(self, *args: Any, collaboration: Collaboration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.collaboration = collaboration
        limit_choices(self, "user", people_of(collaboration))

    def clean(self) -> dict[str, Any]:
        """Show what `appoint` would refuse beside the name."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "user" in cleaned and "role" in cleaned:
            why = appointment_obstacle(collaboration=self.collaboration, user=cleaned["user"], role=cleaned["role"])
            if why:
                self.add_error("user", why)
        return cleaned


class WelcomeForm(forms.Form):
    """Name and password of an invited person's account."""

    name = forms.CharField(
        label="Ditt namn",
        max_length=120,
        help_text="Så ser dina kollegor dig här. Det får vara ett annat namn än ditt eget.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Välj ett lösenord",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """Run Django's password validators."""
        password = str(self.cleaned_data["password"])
        validate_password(password, User(email=self.email, name=str(self.cleaned_data.get("name", ""))))
        return password
