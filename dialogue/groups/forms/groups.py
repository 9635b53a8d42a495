"""Forms for a working group, its seats and their last day, for the coordinator."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from actors.models import Organisation, User
from actors.people.forms.people import DateInput
from actors.people.memberships import bodies_of, people_of
from dialogue.models import Dialogue, Issue, Seat, WorkingGroup
from dialogue.rules.minutes_approval import ApprovalRule
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.email_field import PastedEmailField
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import capitalised_choices, limit_choices


def _issues(help_text: str = "") -> "forms.ModelMultipleChoiceField[Issue]":
    return forms.ModelMultipleChoiceField(
        Issue.objects.none(),
        label="Sakfrågor",
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en fråga."},
    )


class GroupForm(EditForm):
    """Name, mandate, issues and rule for approving minutes; for an existing group also its chair."""

    name = forms.CharField(label="Namn", help_text="Till exempel Ljus och utemiljö.", max_length=120)
    mandate = forms.CharField(
        label="Uppdrag",
        help_text="Vad gruppen får bestämma och inte får bestämma. Visas för alla.",
        required=False,
        max_length=1200,
        widget=forms.Textarea({"rows": 4}),
    )
    issues = _issues()
    approval = forms.ChoiceField(
        label="Vem justerar protokollen?",
        choices=capitalised_choices(ApprovalRule.choices),
        widget=forms.RadioSelect,
        help_text="När de har justerat låses protokollet.",
    )
    chair = forms.ModelChoiceField(
        Seat.objects.none(),
        label="Vem leder mötena?",
        required=False,
        empty_label="Ingen är utsedd än",
        help_text="Den som har konto kan också planera möten och skicka kallelser.",
    )

    def __init__(self, dialogue: Dialogue, data: Any = None, *, group: WorkingGroup | None = None) -> None:
        names = ("name", "mandate", "approval", "chair")

        def now() -> dict[str, Any]:
            read = {name: getattr(group, name) for name in names} if group else {"approval": ApprovalRule.TWO}
            return read | ({"issues": list(group.issues.all())} if group else {})

        super().__init__(data, edits=group, initial=now)
        limit_choices(self, "issues", dialogue.issues.all())
        if group is None:  # nobody has a seat yet
            del self.fields["chair"]
            return
        held = Seat.objects.on(timezone.localdate()).filter(group=group)
        limit_choices(self, "chair", held.select_related("organisation"))


class SeatForm(forms.Form):
    """A new seat and the address or account of its holder. Residents belong to no organisation."""

    role = forms.ChoiceField(
        label="Vems röst bär platsen?", choices=capitalised_choices(Seat.Role.choices), widget=forms.RadioSelect
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Organisation",
        required=False,
        empty_label="Ingen",
        help_text="För tjänstepersoner. Frivilligt för förtroendevalda.",
    )
    email = PastedEmailField(
        label="E-post",
        required=False,
        help_text="Dit går inbjudan och kallelser. Tomt: du skriver in vad personen säger.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    name = forms.CharField(
        label="Namn i brevet", required=False, max_length=120, help_text="Bara du och personen själv ser det."
    )
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Eller någon som redan har konto här",
        required=False,
        empty_label="Ingen vald",
    )
    reason = forms.CharField(
        label="Varför tillkommer platsen?",
        required=False,
        max_length=240,
        help_text="Visas för alla. Inga namn. Till exempel: Gruppen saknade någon som bor i höghusen.",
    )
    since = DayField(label="Från", widget=DateInput(), initial=timezone.localdate)

    def __init__(self, group: WorkingGroup, data: Any = None) -> None:
        super().__init__(data)
        collaboration = group.dialogue.collaboration
        limit_choices(self, "organisation", bodies_of(collaboration).order_by("name"))
        limit_choices(self, "user", people_of(collaboration))

    def clean(self) -> dict[str, Any]:
        """Officials need an organisation, residents must have none, and a seat has an address or a user, not both."""
        typed = super().clean() or self.cleaned_data
        role = typed.get("role")
        if role == Seat.Role.OFFICIAL and not typed.get("organisation"):
            self.add_error("organisation", "Välj vilken organisation tjänstepersonen kommer från.")
        if role == Seat.Role.RESIDENT and typed.get("organisation"):
            self.add_error("organisation", "En boende företräder ingen organisation. Välj Ingen.")
        if typed.get("email") and typed.get("user"):
            self.add_error("user", "Skriv en adress eller välj ett konto, inte båda.")
        return typed


class LastDayForm(forms.Form):
    """Last day of a group, or of a seat (`with_reason`)."""

    on = DayField(label="Sista dagen", widget=DateInput(), initial=timezone.localdate)
    reason = forms.CharField(
        label="Varför?",
        max_length=240,
        help_text="Visas för alla. Inga namn, inget om hälsa. Till exempel: Har flyttat.",
    )

    def __init__(self, since: dt.date, data: Any = None, *, with_reason: bool = False) -> None:
        super().__init__(data)
        self.since = since
        if not with_reason:
            del self.fields["reason"]

    def clean_on(self) -> dt.date:
        """The last day cannot be before the first."""
        on: dt.date = self.cleaned_data["on"]
        if on < self.since:
            raise forms.ValidationError(f"Första dagen var {self.since:%Y-%m-%d}. Sista dagen kan inte ligga före den.")
        return on
