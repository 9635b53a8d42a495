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
    """A request to a body to lead an activity or take part in it.

    Whom and where it is sent is one choice, so that no body can be asked at another's address.
    """

    to = forms.ChoiceField(
        label="Vem frågar du?",
        help_text="En länk går bara till en adress som organisationen har bekräftat. Mottagaren svarar utan konto; "
        "länken gäller en gång, i 30 dagar. Registratorns adress skriver du in under Personer.",
    )
    part = forms.ChoiceField(label="Om vad?", widget=forms.RadioSelect)
    what = forms.CharField(
        label="Vad ber du dem om?",
        help_text="Så att de kan svara ja, nej eller «ja, men …». Visas för alla när de tackat ja.",
        max_length=800,
        widget=forms.Textarea({"rows": 3}),
    )
    due_on = DayField(label="Svar senast", widget=DateInput(), required=False)

    def __init__(self, activity: Activity, data: Any = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial={**initial})
        self.activity = activity
        busy = activity.commitments.filter(reply__in=[Reply.ASKED, Reply.ACCEPTED]).values("organisation")
        self.collaboration = activity.dialogue.collaboration
        self.bodies = {
            f"{body.pk}": body for body in bodies_of(self.collaboration).exclude(pk__in=busy).order_by("name")
        }
        offered = [(body.short_name, self._ways_to(body)) for body in self.bodies.values()]
        set_choices(self, "to", [("", "Välj"), *offered])
        led = activity.commitments.accepted().filter(part=Part.LEAD).exists()
        words = {Part.LEAD: "Att ansvara för aktiviteten", Part.PARTNER: "Att medverka"}
        set_choices(self, "part", [(part, text) for part, text in words.items() if not (led and part == Part.LEAD)])
        self.initial.setdefault("part", Part.PARTNER if led else Part.LEAD)

    def clean_to(self) -> tuple[Organisation, str]:
        """The body, and one of its addresses; without one, somebody there may make commitments."""
        key, _, email = self.cleaned_data["to"].partition(":")
        body = self.bodies[key]
        if not email and not committers_of(body, self.collaboration):
            mend = "Välj en bekräftad adress, eller skriv in registratorns under Personer."
            raise forms.ValidationError(f"Ingen på {body} har mandat att göra åtaganden här. {mend}")
        return body, email

    def clean_due_on(self) -> dt.date | None:
        """Today or later."""
        due: dt.date | None = self.cleaned_data["due_on"]
        if due is not None and due < timezone.localdate():
            raise forms.ValidationError("Välj i dag eller en senare dag.")
        return due

    @property
    def arguments(self) -> dict[str, Any]:
        """Keyword arguments for `commitments.ask`."""
        (organisation, email), part = self.cleaned_data["to"], Part(self.cleaned_data["part"])
        given = {name: self.cleaned_data[name] for name in ("what", "due_on")}
        return {"organisation": organisation, "email": email, "part": part, **given}

    def _ways_to(self, body: Organisation) -> list[tuple[str, str]]:
        """The body's people, who answer with their accounts, then each confirmed address."""
        has_people = bool(committers_of(body, self.collaboration))
        people = "brev till dem som har mandat" if has_people else "ingen har mandat här än"
        ways = {f"{body.pk}:": people}
        ways |= {f"{body.pk}:{to}": f"länk till {to}" for to in confirmed_addresses(body, self.collaboration)}
        return [(value, f"{body.short_name}: {words}") for value, words in ways.items()]


def _initial_values(activity: Activity) -> dict[str, Any]:
    names = ("title", "description", "place", "decision", "focus_area")
    return {name: getattr(activity, name) for name in names} | {"period": activity.period.label()}
