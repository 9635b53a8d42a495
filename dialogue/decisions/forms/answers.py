"""Forms for a body's answer: one for each way to answer, with the facts that the body's form of deciding needs."""

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from typing import Any

from django import forms
from django.utils import timezone

from actors.models import User
from dialogue.decisions.answering import DecisionFacts
from dialogue.models import PartDecision
from dialogue.permissions.deciders import deciders_of
from dialogue.rules.decisions import GIVEN, FormOfDecision, PartState, facts_needed
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import limit_choices, set_choices
from ostberga.lib.plain_text import plain_text

# Label, help text, and the error when the field is missing.
FIELD_TEXTS = {
    "meets_on": ("Dag", "Den dag frågan tas upp.", "Skriv vilken dag frågan tas upp."),
    "instance": ("Vilken nämnd eller styrelse?", "", "Skriv vilken nämnd eller styrelse det var."),
    "paragraph": ("Paragraf", "Till exempel § 12.", "Skriv vilken paragraf det är i protokollet."),
    "registry_number": ("Diarienummer", "", "Skriv ert diarienummer."),
    "decided_on": ("Beslutsdag", "", "Skriv vilken dag beslutet togs."),
    "delegation_item": (
        "Punkt i er delegationsordning",
        "Det som ger dig rätt att besluta, till exempel 4.2.",
        "Skriv punkten i delegationsordningen.",
    ),
    "conditions": ("Villkor", "Vad som ska vara uppfyllt. Visas för boende.", "Skriv vilka villkoren är."),
    "motivation": (
        "Motivering",
        "Så att en boende förstår. Visas för boende.",
        "Skriv varför, så att en boende förstår.",
    ),
    "reservations": ("Reservationer", "De som inte höll med. Partier, inga namn. Visas för boende.", ""),
}
DATE_FIELDS, TEXT_FIELDS = ("meets_on", "decided_on"), ("conditions", "motivation", "reservations")
MAX_LENGTHS = {"instance": 160, "paragraph": 20, "registry_number": 60, "delegation_item": 60}
# Facts that a body of officials can add to each answer beside the ones it must give.
OPTIONAL_FIELDS = {
    PartState.APPROVED: ("motivation", "registry_number", "decided_on"),
    PartState.CONDITIONS: ("motivation", "registry_number", "decided_on"),
    PartState.REFUSED: ("registry_number", "decided_on"),
    PartState.SENT_BACK: ("registry_number", "decided_on"),
    PartState.PREPARING: ("meets_on",),
}
MEETING_FIELDS = ("instance", "decided_on", "paragraph", "registry_number", "motivation", "conditions", "reservations")
HEADINGS = {
    PartState.APPROVED: ("Godkänn", "Godkänn"),
    PartState.CONDITIONS: ("Ja, med villkor", "Godkänn med villkor"),
    PartState.REFUSED: ("Nej", "Säg nej"),
    PartState.SENT_BACK: ("Återremiss: något behöver göras om", "Skicka tillbaka"),
    PartState.PREPARING: ("Vi behöver mer tid", "Skriv in att frågan bereds"),
}


class PartAnswerForm(forms.Form):
    """One answer with its facts; for a meeting's decision, a choice of four answers."""

    svar = forms.ChoiceField(
        label="Vad blev beslutet?", widget=forms.HiddenInput, error_messages={"required": "Välj vad beslutet blev."}
    )

    def __init__(
        self, part: PartDecision, answers: Sequence[PartState], known: Mapping[str, Any], data: Any = None
    ) -> None:
        first = answers[0]
        given = {"svar": first if len(answers) == 1 else None, **known}
        super().__init__(data, initial=given, auto_id=f"{first}-%s")
        self.part, self.answers = part, tuple(answers)
        choices = [(answer, answer_label(answer)) for answer in answers]
        set_choices(self, "svar", choices)
        if len(answers) > 1:
            self.fields["svar"].widget = forms.RadioSelect(choices=choices)
        self.needed = set(facts_needed(part.form, first))
        more = MEETING_FIELDS if part.is_at_a_meeting and first in GIVEN else OPTIONAL_FIELDS[first]
        for name in dict.fromkeys([*facts_needed(part.form, first), *more]):
            is_required = name in self.needed and not (name == "decided_on" and not part.is_at_a_meeting)
            self.fields[name] = _build_field(name, is_required)
        if not part.is_at_a_meeting and "meets_on" in self.fields:
            self.fields["meets_on"].label, self.fields["meets_on"].help_text = "När kan svaret komma?", ""
        self._mark_conditional_fields()

    @property
    def heading(self) -> str:
        """The heading above the form."""
        if not self.part.is_at_a_meeting:
            return "Anslut oss" if self._joins else HEADINGS[self.answers[0]][0]
        if self.answers == (PartState.PREPARING,):
            return "Ny dag" if self.part.meets_on else "När tas frågan upp?"
        return (
            "Registrera vad styrelsen beslutade"
            if self.part.form == FormOfDecision.BOARD
            else "Registrera nämndens beslut"
        )

    @property
    def button(self) -> str:
        """The text of the submit button."""
        if not self.part.is_at_a_meeting:
            return "Ja, vi ansluter oss" if self._joins else HEADINGS[self.answers[0]][1]
        return "Skriv in dagen" if self.answers == (PartState.PREPARING,) else "Registrera beslutet"

    @property
    def required_fields(self) -> list[forms.BoundField]:
        """The fields that show at once."""
        return [field for field in self if field.name in self.needed and field.field.required]

    @property
    def optional_fields(self) -> list[forms.BoundField]:
        """The fields that are folded."""
        return [field for field in self if field.name != "svar" and field not in self.required_fields]

    @property
    def answer(self) -> PartState:
        """The submitted answer."""
        return PartState(self.cleaned_data["svar"])

    @property
    def facts(self) -> DecisionFacts:
        """The submitted facts of the answer."""
        given = {field.name: self.cleaned_data.get(field.name) for field in fields_of(DecisionFacts)}
        kept: dict[str, Any] = {
            name: plain_text(value) if isinstance(value, str) else value for name, value in given.items() if value
        }
        return DecisionFacts(**kept)

    def clean(self) -> dict[str, Any]:
        """Require the facts that this answer needs in this body's form, and plausible days."""
        typed = super().clean() or self.cleaned_data
        if (given := typed.get("svar")) is None:
            return typed
        for name in facts_needed(self.part.form, given):
            is_today = name == "decided_on" and not self.part.is_at_a_meeting
            if not typed.get(name) and not self.errors.get(name) and not is_today:
                self.add_error(name, FIELD_TEXTS[name][2])
        self._check_days(typed)
        return typed

    @property
    def _joins(self) -> bool:
        return self.part.form == FormOfDecision.ACCESSION and self.answers == (PartState.APPROVED,)

    def _check_days(self, typed: Mapping[str, Any]) -> None:
        today = timezone.localdate()
        if (day := typed.get("decided_on")) and day > today:
            self.add_error("decided_on", "Dagen har inte varit än. Ett beslut skrivs in när det är taget.")
        if (day := typed.get("meets_on")) and day < today:
            self.add_error("meets_on", "Dagen har redan varit. Är beslutet taget, så registrera det i stället.")

    def _mark_conditional_fields(self) -> None:
        """Mark the texts that only some of a meeting's answers need."""
        if len(self.answers) > 1:
            for name, when in (("motivation", "behövs vid nej och återremiss"), ("conditions", "vid ja med villkor")):
                self.fields[name].mark = when  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """A colleague who may answer for the same body."""

    till = forms.ModelChoiceField(
        User.objects.none(), label="Kollega", empty_label="Välj", error_messages={"required": "Välj en kollega."}
    )

    def __init__(self, part: PartDecision, by: User, data: Any = None) -> None:
        super().__init__(data, auto_id="lamna-%s")
        others = [user.pk for user in deciders_of(part) if user.pk != by.pk]
        limit_choices(self, "till", User.objects.filter(pk__in=others).order_by("name"))
        self.has_anyone = bool(others)


def build_answer_forms(part: PartDecision, data: Any = None) -> list[PartAnswerForm]:
    """A form for each way to answer, the most usual first. Only the submitted one is bound."""
    given = [PartState(answer) for answer in GIVEN]
    if part.is_at_a_meeting:
        groups: list[tuple[PartState, ...]] = [(PartState.PREPARING,), tuple(given)]
    else:
        groups = [(answer,) for answer in (*given, PartState.PREPARING)]
    known = _initial_values(part)
    sent = _submitted_answers(groups, data.get("svar", "")) if data is not None else None
    return [PartAnswerForm(part, answers, known, data if answers == sent else None) for answers in groups]


def _submitted_answers(groups: Sequence[tuple[PartState, ...]], sent: str) -> tuple[PartState, ...]:
    """The group of answers with the submitted one; the last if none was chosen, so that its form shows the error."""
    return next((answers for answers in groups if sent in answers), groups[-1])


def answer_label(answer: PartState) -> str:
    """An answer in everyday words."""
    labels = {PartState.APPROVED: "Ja", PartState.CONDITIONS: "Ja, med villkor", PartState.REFUSED: "Nej"}
    return labels.get(answer, "Återremiss" if answer == PartState.SENT_BACK else "Bereds")


def _initial_values(part: PartDecision) -> dict[str, Any]:
    """Initial values: today or the day of the meeting, and what the body wrote in its last answer of the same form."""
    given = part.organisation.part_decisions.filter(form=part.form, answer__in=GIVEN).exclude(pk=part.pk)
    last = given.order_by("-answered_at").first()
    today = timezone.localdate()
    met_on = part.meets_on if part.meets_on and part.meets_on <= today else None
    return {
        "decided_on": met_on if part.is_at_a_meeting else today,
        "instance": last.instance if last else "",
        "delegation_item": last.delegation_item if last else "",
    }


def _build_field(name: str, is_required: bool) -> forms.Field:
    label, help_text, missing = FIELD_TEXTS[name]
    given: dict[str, Any] = {"label": label, "help_text": help_text, "required": is_required}
    errors = {"required": missing, "invalid": "Skriv dagen som år-månad-dag, till exempel 2027-03-04."}
    if name in DATE_FIELDS:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        return DayField(widget=widget, error_messages=errors, **given)
    if name in TEXT_FIELDS:
        return forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 3}), error_messages=errors, **given)
    return forms.CharField(max_length=MAX_LENGTHS[name], error_messages=errors, **given)
