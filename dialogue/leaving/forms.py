"""Forms on which a person or a body leaves: when, why, and who takes over what."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from actors.models import Affiliation, Collaboration, Mandate, Organisation, Partnership, User
from actors.people.forms.people import DateInput
from actors.people.memberships import affiliations_of
from dialogue.leaving import bodies, last_day
from dialogue.leaving.bodies import Departure
from dialogue.leaving.holdings import Holding, Holdings
from dialogue.models import Commitment, PartDecision, Seat
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

    def __init__(self, *args: Any, partnership: Partnership, held: Holdings, **kwargs: Any) -> None:
        super().__init__(*args, held=held, **kwargs)
        self.partnership = partnership
        partners = partnership.collaboration.partnerships.current().exclude(organisation=partnership.organisation_id)
        self.bodies = {
            str(body.pk): body for body in Organisation.objects.filter(pk__in=partners.values("organisation"))
        }
        limit_choices(self, "otherwise", Organisation.objects.filter(pk__in=self.bodies))
        choices = [("", "Som valt ovan"), (END, "Avslutas"), *((key, body.name) for key, body in self.bodies.items())]
        for key, holding in held.keyed():
            self.fields[key] = forms.ChoiceField(label=_describe(holding), choices=choices, required=False)

    @property
    def head(self) -> list[forms.BoundField]:
        """What holds for everything."""
        return [self[name] for name in self.base_fields]

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
        if typed.get("on") and typed["on"] < self.partnership.joined_on:
            self.add_error("on", f"Organisationen kom med {self.partnership.joined_on:%Y-%m-%d}.")
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


def _describe(holding: Holding) -> str:
    match holding:
        case Seat():
            return f"Plats i {holding.group}: {holding}"
        case PartDecision():
            return f"Väntar på beslut: {holding.decision}"
        case Commitment():
            return f"{holding.get_part_display().capitalize()} ({holding.get_reply_display()}): {holding.activity}"
        case Mandate():
            return f"Mandat: {holding.person} får {holding.scopes_in_words}"
