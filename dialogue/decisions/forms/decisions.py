"""Forms for requesting a decision (from a proposal, as a reconsideration, or by itself) and for moving a deadline."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils import timezone

from actors.models import Organisation
from actors.people.forms.people import DateInput
from actors.people.memberships import bodies_of
from dialogue.decisions.part_locks import chain_of
from dialogue.decisions.requesting import DecisionRequest
from dialogue.groups.forms.deciding_bodies import DecidingBodiesForm
from dialogue.models import Decision, Dialogue, Issue, PartDecision, Proposal
from dialogue.rules.decisions import DecisionKind
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import capitalised_choices, limit_choices
from ostberga.lib.translations.texts_form import TextField

# Until when an answer is asked for, where nobody says another day: a board meets once a month, and prepares before.
ANSWERED_WITHIN = dt.timedelta(weeks=6)


def _usual_deadline() -> dt.date:
    return timezone.localdate() + ANSWERED_WITHIN


@dataclass(frozen=True)
class RequestOrigin:
    """What a request comes from: a proposal, an earlier decision, an issue, or nothing but the dialogue."""

    dialogue: Dialogue
    proposal: Proposal | None = None
    earlier: Decision | None = None
    issue: int = 0

    @property
    def initial(self) -> dict[str, Any]:
        """Initial values of the form."""
        if self.earlier:
            names = ("title", "public_text", "kind", "ask", "if_yes", "if_no")
            return {name: getattr(self.earlier, name) for name in names} | {"issues": self.earlier.issues.all()}
        if self.proposal:
            asked = self.proposal.what.get("sv", "")
            return {"title": self.proposal.title, "ask": asked, "issues": [self.proposal.issue_id]}
        return {"issues": [self.issue] if self.issue else []}

    @property
    def forms(self) -> dict[int, str]:
        """The form of each body that decided before or that the proposal names, by key."""
        rows = self.earlier.parts if self.earlier else self.proposal.deciders if self.proposal else None
        return dict(rows.values_list("organisation", "form")) if rows else {}

    @property
    def bodies(self) -> list[Organisation]:
        """All bodies that can be asked."""
        here = Q(pk__in=bodies_of(self.dialogue.collaboration).values("pk"))
        return list(Organisation.objects.filter(here | Q(pk__in=self.forms)).order_by("name"))


class DecisionForm(DecidingBodiesForm):
    """A request to one body or several."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "title": TextField("Vad beslutet gäller", "I några ord.", max_length=120),
        "public_text": TextField(
            "Med enkla ord", "Vad det betyder för den som bor här.", required=False, rows=3, max_length=1200
        ),
    }
    kind = forms.ChoiceField(
        label="Slag",
        help_text="Ett beslut, eller en överenskommelse som flera ansluter sig till.",
        choices=capitalised_choices(DecisionKind.choices),
        initial=DecisionKind.DECISION,
        widget=forms.RadioSelect,
    )
    issues = forms.ModelMultipleChoiceField(
        Issue.objects.none(),
        label="Sakfrågor",
        help_text="Ingen: beslutet gäller samverkan i stort, till exempel planen.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ask = forms.CharField(
        label="Vad ombeds de ta ställning till?",
        help_text="Så att det går att svara ja eller nej.",
        max_length=2400,
        widget=forms.Textarea({"rows": 4}),
    )
    if_yes = forms.CharField(
        label="Om svaret blir ja", max_length=800, required=False, widget=forms.Textarea({"rows": 2})
    )
    if_no = forms.CharField(
        label="Om svaret blir nej", max_length=800, required=False, widget=forms.Textarea({"rows": 2})
    )
    due_on = DayField(label="Svar senast", widget=DateInput(), required=False, initial=_usual_deadline)
    valid_from = DayField(
        label="Ska gälla från", help_text="Tomt: när alla sagt ja.", widget=DateInput(), required=False
    )
    valid_until = DayField(label="Ska gälla till", help_text="Tomt: tills vidare.", widget=DateInput(), required=False)

    def __init__(self, origin: RequestOrigin, data: Any = None) -> None:
        super().__init__(origin.bodies, lambda: origin.forms, data, initial=origin.initial)
        limit_choices(self, "issues", origin.dialogue.issues.all())

    def clean_due_on(self) -> dt.date | None:
        """The deadline is today or later."""
        due: dt.date | None = self.cleaned_data["due_on"]
        if due is not None and due < timezone.localdate():
            raise forms.ValidationError("Välj i dag eller en senare dag.")
        return due

    def clean(self) -> dict[str, Any]:
        """At least one body is asked, and the validity does not end before it starts."""
        typed = super().clean() or self.cleaned_data
        if not self.deciders:
            self.add_error(None, "Välj minst en organisation som ska besluta.")
        since, until = typed.get("valid_from"), typed.get("valid_until")
        if since and until and until < since:
            self.add_error("valid_until", "Sista dagen kan inte ligga före den första.")
        return typed

    @property
    def question(self) -> DecisionRequest:
        """The cleaned data as `requesting.request` takes it."""
        typed = self.cleaned_data
        plain = {name: typed[name] for name in ("ask", "if_yes", "if_no", "valid_from", "valid_until")}
        return DecisionRequest(
            title=self.texts_of("title"),
            public_text=self.texts_of("public_text"),
            kind=DecisionKind(typed["kind"]),
            **plain,
        )


class DeadlineForm(EditForm):
    """A new deadline for an answer."""

    due_on = DayField(label="Svar senast", widget=DateInput())

    @classmethod
    def of_part(cls, part: PartDecision, data: Any = None) -> "DeadlineForm":
        """Return the form of one body's part. It is locked after its decision, as whoever answers does."""
        chain = chain_of(part.decision)
        return cls(data, edits=part, besides=chain, initial=lambda: {"due_on": part.due_on})

    def clean_due_on(self) -> dt.date:
        """Today or later."""
        due: dt.date = self.cleaned_data["due_on"]
        if due < timezone.localdate():
            raise forms.ValidationError("Välj i dag eller en senare dag.")
        return due
