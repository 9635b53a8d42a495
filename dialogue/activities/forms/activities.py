"""Forms for planning an activity and for asking a body for a commitment."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils import timezone

from actors.models import FocusArea, JointPlan, Organisation
from actors.people.forms.people import DateInput
from actors.people.memberships import bodies_of
from dialogue.activities.activity_lifecycle import ActivityPlan
from dialogue.models import Activity, Decision, Issue
from dialogue.permissions.deciders import committers_of, confirmed_addresses
from dialogue.rules.activities import Part, Reply
from dialogue.rules.decisions import DecisionOutcome
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import limit_choices, set_choices
from ostberga.lib.period_reading import parse_period
from ostberga.lib.periods import Period
from ostberga.lib.translations.texts_form import TextField, TextsForm


class ActivityForm(EditForm, TextsForm):
    """An activity's plan and the decision it rests on."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "title": TextField("Vad som ska göras", "I några ord, till exempel «Byt 22 lampor».", max_length=120),
        "description": TextField("Vad det innebär", required=False, rows=4, max_length=1600),
    }
    place = forms.CharField(label="Plats", help_text="Var i området.", max_length=160, required=False)
    period = forms.CharField(
        label="När",
        max_length=80,
        help_text="Som man säger det: «våren 2027», «april–oktober 2027», «2027–». Utan slut: tills vidare.",
    )
    decision = forms.ModelChoiceField(
        Decision.objects.none(),
        label="Beslut den vilar på",
        required=False,
        empty_label="Inget än",
        help_text="Aktiviteten kan planeras utan beslut, men inte börja.",
    )
    focus_area = forms.ModelChoiceField(
        FocusArea.objects.none(), label="Fokusområde i planen", required=False, empty_label="Inget"
    )

    def __init__(self, issue: Issue, data: Any = None, *, activity: Activity | None = None, decision: str = "") -> None:
        super().__init__(
            data, edits=activity, initial=lambda: _initial_values(activity) if activity else {"decision": decision}
        )
        rests = Q(outcome__in=[DecisionOutcome.PENDING, DecisionOutcome.SENT_BACK, DecisionOutcome.IN_FORCE])
        held = Q(pk=activity.decision_id) if activity else Q(pk=None)
        limit_choices(self, "decision", issue.dialogue.decisions.filter(rests | held))
        plan = JointPlan.objects.adopted().filter(collaboration=issue.dialogue.collaboration_id)
        newest = plan.order_by("-adopted_at", "-version")[:1]
        kept = Q(pk=activity.focus_area_id) if activity else Q(pk=None)
        limit_choices(self, "focus_area", FocusArea.objects.filter(Q(plan__in=newest.values("pk")) | kept))

    def clean_period(self) -> Period:
        """The typed period, parsed; the error says how to write it."""
        try:
            return parse_period(self.cleaned_data["period"].strip())
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    @property
    def plan(self) -> ActivityPlan:
        """The cleaned data as the functions in `activity_lifecycle` take it."""
        typed = self.cleaned_data
        return ActivityPlan(
            title=self.texts_of("title"),
            description=self.texts_of("description"),
            period=typed["period"],
            place=typed["place"],
            focus_area=typed["focus_area"],
        )


class CommitmentRequestForm(forms.Form):
    """A request to a body to lead an activity or take part in it."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Vem frågar du?", empty_label="Välj")
    part = forms.ChoiceField(label="Om vad?", widget=forms.RadioSelect)
    what = forms.CharField(
        label="Vad ber du dem om?",
        help_text="Så att de kan svara ja, nej eller «ja, men …». Visas för alla när de tackat ja.",
        max_length=800,
        widget=forms.Textarea({"rows": 3}),
    )
    due_on = DayField(label="Svar senast", widget=DateInput(), required=False)
    email = forms.ChoiceField(
        label="Skicka länken till",
        required=False,
        help_text="Bara adresser som organisationen har bekräftat. Mottagaren svarar utan konto; "
        "länken gäller en gång, i 30 dagar. Registratorns adress skriver du in under Personer.",
    )

    def __init__(self, activity: Activity, data: Any = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial={**initial})
        self.activity = activity
        busy = activity.commitments.filter(reply__in=[Reply.ASKED, Reply.ACCEPTED]).values("organisation")
        collaboration = activity.dialogue.collaboration
        bodies = bodies_of(collaboration).exclude(pk__in=busy).order_by("name")
        limit_choices(self, "organisation", bodies)
        self.addresses = {body.pk: confirmed_addresses(body, collaboration) for body in bodies}
        offered = [(body.short_name, [(to, to) for to in self.addresses[body.pk]]) for body in bodies]
        set_choices(self, "email", [("", "Dem som har mandat och konto"), *(group for group in offered if group[1])])
        led = activity.commitments.accepted().filter(part=Part.LEAD).exists()
        words = {Part.LEAD: "Att ansvara för aktiviteten", Part.PARTNER: "Att medverka"}
        set_choices(self, "part", [(part, text) for part, text in words.items() if not (led and part == Part.LEAD)])
        self.initial.setdefault("part", Part.PARTNER if led else Part.LEAD)

    def clean_due_on(self) -> dt.date | None:
        """Today or later."""
        due: dt.date | None = self.cleaned_data["due_on"]
        if due is not None and due < timezone.localdate():
            raise forms.ValidationError("Välj i dag eller en senare dag.")
        return due

    def clean(self) -> dict[str, Any]:
        """The address is one of the body's; without one, somebody there may make commitments."""
        typed = super().clean() or self.cleaned_data
        body, email = typed.get("organisation"), typed.get("email")
        if body is None or email is None:
            return typed
        if email and email not in self.addresses[body.pk]:
            self.add_error("email", f"{body} har inte bekräftat den adressen.")
        if not email and not committers_of(body, self.activity.dialogue.collaboration):
            mend = "Välj en bekräftad adress, eller skriv in registratorns under Personer."
            self.add_error("email", f"Ingen på {body} har mandat att göra åtaganden här. {mend}")
        return typed


def _initial_values(activity: Activity) -> dict[str, Any]:
    names = ("title", "description", "place", "decision", "focus_area")
    return {name: getattr(activity, name) for name in names} | {"period": activity.period.label()}
