"""Forms on which a person or a body leaves: when, why, and who takes over what."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import formats, timezone

from actors.models import Affiliation, Collaboration, Mandate, Organisation, Partnership, User
from actors.partners.partnerships import leaving_obstacle
from actors.people.forms.people import DateInput
from actors.people.memberships import affiliations_of
from dialogue.leaving import bodies, last_day, outcomes
from dialogue.leaving.bodies import Departure
from dialogue.leaving.holdings import Holding, Holdings
from dialogue.models import PartDecision
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import limit_choices
from ostberga.lib.refusal import Refusal

END = "avslutas"


class LastDayField(DayField):
    """The last day, which has come: everything is handed over at once when the form is sent."""

    def __init__(self) -> None:
        super().__init__(
            label="Sista dagen",
            widget=DateInput(),
            initial=timezone.localdate,
            help_text="I dag eller tidigare: allt lämnas över när du skickar.",
        )

    def clean(self, value: Any) -> dt.date | None:
        """Refuse a day ahead."""
        day: dt.date | None = super().clean(value)
        if day and last_day.is_ahead(day):
            raise forms.ValidationError(last_day.AHEAD)
        return day


class LeavingForm(forms.Form):
    """A form that ends what its page listed: it is refused, once, when that is no longer what is held."""

    # The name of the hidden field that says what the page listed.
    LISTED = "listat"

    def __init__(self, *args: Any, held: Holdings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held

    @property
    def listed(self) -> str:
        """What is held now, for the page that is shown."""
        return " ".join(key for key, _ in self.held.keyed())

    def refuse_before(self, on: dt.date) -> None:
        """Say beside the day which seat begins after it: a seat cannot end before its first day."""
        if late := [seat for seat in self.held.seats if seat.since > on]:
            first = max(late, key=lambda seat: seat.since)
            day = formats.date_format(first.since, "j F Y")
            why = f"{first} i {first.group} börjar {day}. Vänta till dess: en plats kan inte sluta innan den börjar."
            self.add_error("on", why)

    def clean(self) -> dict[str, Any]:
        """Refuse what the page did not list."""
        if self.data.get(self.LISTED, self.listed) != self.listed:
            why = "Något har kommit till eller avslutats sedan sidan öppnades. Läs listan och skicka igen."
            self.add_error(None, why)
        return super().clean() or self.cleaned_data


class PersonLeavesForm(LeavingForm):
    """The last day of a person for a body, and the colleague who takes over."""

    on = LastDayField()
    successor = forms.ModelChoiceField(
        User.objects.none(),
        label="Vem tar över?",
        required=False,
        empty_label="Ingen: allt avslutas",
        help_text="Fråga först. Den som tar över får platser, åtaganden och de frågor som hennes mandat räcker till.",
    )

    def __init__(self, *args: Any, affiliation: Affiliation, collaboration: Collaboration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.affiliation = affiliation
        beside = affiliations_of(collaboration).filter(organisation=affiliation.organisation)
        colleagues = User.objects.filter(pk__in=beside.values("user"), is_active=True)
        limit_choices(self, "successor", colleagues.exclude(pk=affiliation.user_id).order_by("name"))

    def clean_on(self) -> dt.date:
        """Refuse a day before the first."""
        on: dt.date = self.cleaned_data["on"]
        if on < self.affiliation.since:
            raise forms.ValidationError(f"Den första dagen var {self.affiliation.since:%Y-%m-%d}.")
        self.refuse_before(on)
        return on


class BodyLeavesForm(LeavingForm):
    """How a body ends here, its last day, why, and who takes over each thing that it holds."""

    ending = forms.ChoiceField(
        label="Vad händer?", choices=Departure.choices, widget=forms.RadioSelect, initial=Departure.LEFT
    )
    on = LastDayField()
    reason = forms.CharField(label="Varför?", max_length=200, help_text="Visas för boende.")
    otherwise = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Vem tar över?",
        required=False,
        empty_label="Ingen: det avslutas",
        help_text="Parter i samverkan. Saknas den nya organisationen? Ta med den som part först.",
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, partnership: Partnership, held: Holdings, **kwargs: Any) -> None:
        super().__init__(*args, held=held, **kwargs)
        self.partnership = partnership
        partners = partnership.collaboration.partnerships.current().exclude(organisation=partnership.organisation_id)
        self.bodies = {
            str(body.pk): body for body in Organisation.objects.filter(pk__in=partners.values("organisation"))
        }
        limit_choices(self, "otherwise", Organisation.objects.filter(pk__in=self.bodies))
        for key, holding in held.keyed():
            label, about = outcomes.describe(holding), outcomes.help_on(holding)
            choices = self._choices_of(holding)
            self.fields[key] = forms.ChoiceField(label=label, help_text=about, choices=choices, required=False)

    def _choices_of(self, holding: Holding) -> list[tuple[str, str]]:
        as_all, end = outcomes.words_without_choice(holding)
        heirs = ((key, outcomes.words_for_heir(holding, body)) for key, body in self.bodies.items())
        return [("", as_all), (END, end), *heirs]

    @property
    def head(self) -> list[forms.BoundField]:
        """What holds for everything."""
        return [self[name] for name in self.base_fields if name != "confirmed"]

    @property
    def sent(self) -> list[forms.BoundField]:
        """All that was chosen, for the page that asks whether it is right."""
        return [*self.head, *self.rows]

    @property
    def has_chosen_rows(self) -> bool:
        """Whether some thing differs from the choice for everything, or is in the way."""
        return any(field.errors or field.value() for field in self.rows)

    @property
    def ending_in_words(self) -> str:
        """What the body does, after its name."""
        return Departure(self.cleaned_data["ending"]).in_words

    @property
    def what_happens(self) -> list[tuple[str, str]]:
        """What becomes of each thing, in pairs of words. Only of a valid form."""
        chosen, told = self.arguments, []
        ending, heirs, otherwise = chosen["ending"], chosen["heirs"], chosen["otherwise"]
        for key, holding in self.held.keyed():
            becomes = "står kvar"
            if bodies.is_touched(holding, ending=ending, named=key in heirs, otherwise=otherwise):
                becomes = outcomes.what_becomes(holding, heirs.get(key, otherwise))
            told.append((outcomes.describe(holding), becomes))
        return told

    @property
    def rows(self) -> list[forms.BoundField]:
        """A choice for each thing that the body holds."""
        return [self[key] for key, _ in self.held.keyed()]

    @property
    def heirs(self) -> dict[str, Organisation | None]:
        """The things that differ from the choice for everything."""
        chosen = {key: self.cleaned_data.get(key) for key, _ in self.held.keyed()}
        return {key: self.bodies.get(typed) for key, typed in chosen.items() if typed}

    @property
    def arguments(self) -> dict[str, Any]:
        """Keyword arguments for `hand_over_body`."""
        named = {name: self.cleaned_data[name] for name in ("on", "reason", "otherwise")}
        return {"ending": Departure(self.cleaned_data["ending"]), "heirs": self.heirs, **named}

    def clean(self) -> dict[str, Any]:
        """Show beside each field what `hand_over_body` would refuse."""
        typed = super().clean()
        if typed.get("ending") not in {None, Departure.SHARED} and (why := leaving_obstacle(self.partnership)):
            self.add_error("ending", why)
        if typed.get("on") and typed["on"] < self.partnership.joined_on:
            self.add_error("on", f"Organisationen kom med {self.partnership.joined_on:%Y-%m-%d}.")
        elif typed.get("on"):
            self.refuse_before(typed["on"])
        successors = [heir for heir in (*self.heirs.values(), typed.get("otherwise")) if heir]
        if typed.get("ending") in {Departure.MERGED, Departure.SPLIT, Departure.SHARED} and not successors:
            self.add_error("otherwise", "Välj vem som tar över.")
        if typed.get("ending") == Departure.SHARED:
            for key, holding in self.held.keyed():
                if isinstance(holding, Mandate) and typed.get(key) == END:
                    self.add_error(key, "Organisationen finns kvar och avslutar själv sina mandat.")
        if typed.get("ending"):
            for key, part, heir in self._parts_with_heirs(typed):
                try:
                    bodies.refuse_unless_passable(part, heir, Departure(typed["ending"]))
                except Refusal as refusal:
                    self.add_error(key, f"{refusal} {refusal.who}".strip())
        return typed

    def _parts_with_heirs(self, typed: dict[str, Any]) -> Iterator[tuple[str, PartDecision, Organisation]]:
        stays = typed["ending"] == Departure.SHARED
        for key, holding in self.held.keyed():
            heir = self.heirs.get(key, None if stays else typed.get("otherwise"))
            if isinstance(holding, PartDecision) and heir:
                yield key, holding, heir
