"""Forms for registering, correcting and filtering conversations."""

import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from actors.models import Collaboration
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import has_choices, limit_choices
from ostberga.lib.plain_text import plain_text
from ostberga.lib.translations.languages import SOURCE
from surveys.fielding.forms.wave_choice import WaveChoice
from surveys.models import Heard, Interview, Wave
from surveys.rules.languages import LANGUAGE_CHOICES
from surveys.rules.questions import MAX_LENGTH
from surveys.rules.roles import Role

MOST_PEOPLE = 200
ROLES = (Role.RESIDENT, Role.ASSOCIATION, Role.BUSINESS, Role.ELECTED, Role.OFFICIAL, Role.UNKNOWN)


class InterviewDetailsForm(EditForm):
    """Details of a conversation: mode, place, language, date and people per role."""

    mode = forms.ChoiceField(
        label="Hur möttes ni?", choices=Interview.Mode.choices, widget=forms.RadioSelect, initial="individual"
    )
    place = forms.CharField(
        label="Plats",
        max_length=120,
        required=False,
        widget=forms.TextInput({"list": "platser", "autocomplete": "off"}),
        help_text="I stora drag: biblioteket, torget. Aldrig en adress.",
    )
    language = forms.ChoiceField(label="Språk", choices=LANGUAGE_CHOICES, initial=SOURCE)
    held_on = DayField(label="Dag", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in ROLES:
            self.fields[f"heard_{role}"] = _people_field(role)

    def people(self) -> Iterable[BoundField]:
        """The bound fields with people per role."""
        return [self[f"heard_{role}"] for role in ROLES]

    def clean_place(self) -> str:
        """Clean to one line of plain text."""
        return " ".join(plain_text(self.cleaned_data["place"]).split())

    def clean_held_on(self) -> Any:
        """Check that the date is not in the future."""
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Dagen har inte kommit än.")
        return day

    def clean(self) -> dict[str, Any]:
        """Check that at least one person took part."""
        if not self.errors and not sum(self.heard.values()):
            self.add_error(f"heard_{ROLES[0]}", "Skriv hur många som var med, åtminstone en.")
        return self.cleaned_data

    @property
    def heard(self) -> dict[str, int]:
        """Persons per role."""
        return {role: self.cleaned_data.get(f"heard_{role}") or 0 for role in ROLES}

    @property
    def header(self) -> dict[str, Any]:
        """The cleaned details, as the functions of `interviewing` take them."""
        names = ("mode", "place", "language", "held_on")
        return {**{name: self.cleaned_data[name] for name in names}, "heard": self.heard}

    @classmethod
    def for_interview(cls, interview: Interview, data: Any = None) -> "InterviewDetailsForm":
        """Return a form for a stored conversation, bound if `data` is given."""
        return cls(data, edits=interview, initial=lambda: _stored(interview))


def _stored(interview: Interview) -> dict[str, Any]:
    counts = {f"heard_{heard.role}": heard.number for heard in Heard.objects.filter(interview=interview)}
    return {**{name: getattr(interview, name) for name in ("mode", "place", "language", "held_on")}, **counts}


def _people_field(role: Role) -> forms.IntegerField:
    widget = forms.NumberInput({"inputmode": "numeric", "data-stepper": "", "class": "stepper-input"})
    label = str(role.label).capitalize()
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_PEOPLE, widget=widget)


class InterviewForm(InterviewDetailsForm):
    """A new conversation, with notes."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    wave = WaveChoice(Wave.objects.none(), label="Omgång", empty_label=None)
    notes = forms.CharField(
        label="Vad sades?",
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 12}),
        help_text="Skriv inga namn, telefonnummer eller adresser. En tanke per stycke gör det lättare sedan. "
        "Anteckningen krypteras.",
    )

    def __init__(self, collaboration: Collaboration, data: Any = None) -> None:
        waves = Wave.objects.filter(survey__collaboration=collaboration).to_write_in().select_related("survey")
        now = {"submission": uuid.uuid4(), "held_on": timezone.localdate(), "wave": waves.opened().first()}
        super().__init__(data, initial=now)
        limit_choices(self, "wave", waves)

    @property
    def has_waves(self) -> bool:
        """Whether there is a wave for the conversation to belong to."""
        return has_choices(self, "wave")

    def clean_notes(self) -> str:
        """Clean to plain text; HTML is kept as text."""
        return plain_text(self.cleaned_data["notes"])

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values as keyword arguments of `interviewing.register_interview`."""
        return {**self.header, **{name: self.cleaned_data[name] for name in ("submission", "wave", "notes")}}


class InterviewFilterForm(forms.Form):
    """Filter of the list of conversations."""

    omgang = WaveChoice(Wave.objects.none(), label="Omgång", required=False, empty_label="Alla")
    satt = forms.ChoiceField(label="Sätt", required=False, choices=[("", "Alla"), *Interview.Mode.choices])
    sprak = forms.ChoiceField(label="Språk", required=False, choices=[("", "Alla"), *LANGUAGE_CHOICES])
    lage = forms.ChoiceField(
        label="Läge", required=False, choices=[("", "Alla"), ("kvar", "Kvar att gå igenom"), ("klara", "Genomgångna")]
    )

    def __init__(self, collaboration: Collaboration, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_choices(self, "omgang", Wave.objects.filter(survey__collaboration=collaboration).select_related("survey"))

    @property
    def conditions(self) -> dict[str, Any]:
        """The conditions as keyword arguments of `filter`."""
        typed = self.cleaned_data if self.is_valid() else {}
        asked = {"wave": typed.get("omgang"), "mode": typed.get("satt"), "language": typed.get("sprak")}
        conditions: dict[str, Any] = {name: value for name, value in asked.items() if value}
        if typed.get("lage"):
            conditions["coded_at__isnull"] = typed["lage"] == "kvar"
        return conditions

    @property
    def query(self) -> str:
        """The choices as a query string, for pagination links."""
        chosen = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return f"{urlencode(chosen)}&" if chosen else ""
