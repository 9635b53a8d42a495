"""Forms about organisations: their terms as partners, their description, their responsibilities."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from actors.models import BodyDescription, Collaboration, Organisation, Partnership, Responsibility, User
from actors.partners import descriptions, partnerships
from actors.partners.body_choice import BodyChoiceField, choosable_by
from actors.people.forms.people import DateInput
from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import limit_choices
from ostberga.lib.id_parsing import parse_id
from ostberga.lib.locking import take_turns
from ostberga.lib.translations.texts_form import TextField, TextsForm


def _box(label: str, help_text: str, *, required: bool = False) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=2000, widget=box)


class TermsForm(EditForm):
    """The terms of a partner."""

    mandate = _box("Uppdrag", "Vad organisationen har i uppdrag att göra.", required=True)
    role_description = _box("Roll här", "Vad den bidrar med i den här samverkan.", required=True)
    preconditions = _box("Förutsättningar", "Pengar, regler och tider som den inte rår över.")
    goal_conflicts = _box("Målkonflikter", "Mål som drar åt olika håll. Säg det rakt ut.")


def terms_of(partnership: Partnership) -> dict[str, str]:
    """Initial values of TermsForm."""
    return {name: getattr(partnership, name) for name in TermsForm.base_fields}


class JoinForm(TermsForm):
    """A new partner, with its terms."""

    organisation = BodyChoiceField()
    on = DayField(label="Med sedan", widget=DateInput(), initial=timezone.localdate)
    reason = forms.CharField(label="Varför med", max_length=240, required=False, help_text="Visas för boende.")
    field_order = ("organisation", "on", "reason")

    def __init__(self, *args: Any, collaboration: Collaboration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = collaboration.partnerships.filter(left_on=None).values("organisation")
        offered = choosable_by(collaboration)
        limit_choices(self, "organisation", offered.exclude(pk__in=present))


class CollaborationDescriptionForm(EditForm, TextsForm):
    """What the collaboration is, for residents. Whoever edits it takes turns: its row is locked by nobody."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "description": TextField(
            "Om samverkan",
            "Varför ni arbetar tillsammans och med vad, i några meningar.",
            required=False,
            rows=4,
            max_length=1200,
        )
    }

    def __init__(self, collaboration: Collaboration, data: Any = None) -> None:
        if data is not None:
            take_turns(collaboration)
            collaboration.refresh_from_db(fields=["description"])
        super().__init__(data, initial={"description": collaboration.description})
        self.compare_with(collaboration)


class WordsForm(EditForm, TextsForm):
    """What an organisation does, in plain words, and how to reach it."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "plain_language": TextField(
            "Med enkla ord",
            "Två meningar om vad organisationen gör, så att ett barn på tolv år förstår.",
            rows=2,
            max_length=1000,
        )
    }
    contact_function = forms.CharField(
        label="Kontaktväg",
        max_length=160,
        required=False,
        help_text="En funktion, till exempel kundtjänst. Aldrig en persons namn eller nummer.",
    )

    @property
    def words(self) -> dict[str, Any]:
        """The cleaned words, as `descriptions` takes them."""
        plain = self.texts_of("plain_language")
        return {"plain_language": plain, "contact_function": self.cleaned_data["contact_function"]}


def words_in(written: Organisation | BodyDescription | None) -> dict[str, Any]:
    """Initial values of WordsForm."""
    return {name: getattr(written, name) for name in ("plain_language", "contact_function")} if written else {}


class NamesForm(EditForm):
    """The names and kind of an organisation that a collaboration types in."""

    name = forms.CharField(label="Fullständigt namn", max_length=120)
    short_name = forms.CharField(label="Kort namn", max_length=40, help_text="Används i listor.")
    kind = forms.ChoiceField(
        label="Slag",
        choices=Organisation.Kind.choices,
        help_text="Avgör vilka beslut den kan fatta: nämnd, styrelse, myndighet eller överenskommelse.",
    )

    def __init__(
        self, *args: Any, collaboration: Collaboration, organisation: Organisation | None = None, **kwargs: Any
    ) -> None:
        self.collaboration, self.organisation = collaboration, organisation
        if organisation:
            names = NamesForm.base_fields
            kwargs |= {"edits": organisation, "initial": lambda: {name: getattr(organisation, name) for name in names}}
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """Refuse the name of another organisation that this collaboration can choose."""
        return self._free_name(self.cleaned_data["name"])

    def clean_short_name(self) -> str:
        """As the name: residents mostly read this one."""
        return self._free_name(self.cleaned_data["short_name"])

    def _free_name(self, name: str) -> str:
        if why := partnerships.name_obstacle(self.collaboration, name, but=self.organisation):
            raise forms.ValidationError(why)
        return name


class OrganisationForm(NamesForm, WordsForm):
    """A new organisation, with the coordinator's words about it."""

    field_order = ("name", "short_name", "kind")

    @property
    def names(self) -> dict[str, str]:
        """The cleaned names and kind, as `partnerships` takes them."""
        return {name: self.cleaned_data[name] for name in NamesForm.base_fields}


class OwnWordsForm(WordsForm):
    """An organisation's own names and words, for its own people."""

    name = forms.CharField(label="Fullständigt namn", max_length=120)
    short_name = forms.CharField(label="Kort namn", max_length=40, help_text="Används i listor.")
    field_order = ("name", "short_name")

    def __init__(self, *args: Any, organisation: Organisation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, edits=organisation, **kwargs)
        self.organisation = organisation
        if not descriptions.may_change_name(user, organisation):
            for name in ("name", "short_name"):
                self.fields[name].disabled = True
                self.fields[name].help_text = f"{descriptions.NAMED_BY} ändrar namnet."

    def clean_name(self) -> str:
        """Show what `write_own_words` would refuse beside the name."""
        return self._free_name(self.cleaned_data["name"], self.organisation.name)

    def clean_short_name(self) -> str:
        """As the name."""
        return self._free_name(self.cleaned_data["short_name"], self.organisation.short_name)

    def _free_name(self, name: str, before: str) -> str:
        if name != before and (why := descriptions.name_obstacle(self.organisation, name)):
            raise forms.ValidationError(why)
        return name

    @property
    def renames(self) -> bool:
        """Whether a valid form gives the organisation another name than it has, full or short."""
        return any(self.cleaned_data[name] != getattr(self.organisation, name) for name in ("name", "short_name"))

    @property
    def everything(self) -> dict[str, Any]:
        """The cleaned names and words, as `descriptions.write_own_words` takes them."""
        return {name: self.cleaned_data[name] for name in ("name", "short_name")} | self.words


def own_words_in(partnership: Partnership) -> dict[str, Any]:
    """Initial values of OwnWordsForm: the organisation's own words, or as long as it has none the coordinator's."""
    body = partnership.organisation
    own = body if body.plain_language or body.contact_function else None
    written = own or partnership.collaboration.body_descriptions.filter(organisation=body).first()
    return {"name": body.name, "short_name": body.short_name, **words_in(written)}


class ResponsibilityForm(EditForm):
    """A responsibility of an organisation."""

    subject = forms.CharField(label="Ansvarsområde", max_length=120, help_text="Till exempel gatubelysning.")
    words = forms.CharField(
        label="Andra ord för samma sak",
        required=False,
        help_text="Så som boende säger, med komma emellan: lampa, lyktstolpe, mörkt.",
    )
    note = forms.CharField(
        label="Att veta", max_length=240, required=False, help_text="Gränsen mot andra: Gäller inte lampor på gårdar."
    )

    def __init__(self, *args: Any, known: Responsibility | None = None, **kwargs: Any) -> None:
        if known:
            kwargs |= {"edits": known, "initial": lambda: _stored_responsibility(known)}
        super().__init__(*args, **kwargs)

    def clean_words(self) -> list[str]:
        """Split into at most 40 words or phrases."""
        return [word.strip() for word in re.split(r"[,\n;]", self.cleaned_data["words"]) if word.strip()][:40]


def _stored_responsibility(known: Responsibility) -> dict[str, str]:
    return {"subject": known.subject, "words": ", ".join(known.words), "note": known.note}


class AddresseeForm(EditForm, TextsForm):
    """An external organisation, and what it is responsible for. Edits what is written of it, if it is one already."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "about": TextField("Om vad", "Vad den bestämmer över, och varför den inte är med.", rows=2, max_length=1000)
    }
    organisation = BodyChoiceField()

    def __init__(self, data: Any = None, *, collaboration: Collaboration) -> None:
        chosen = collaboration.addressees.filter(organisation=parse_id((data or {}).get("organisation"))).first()

        def now() -> dict[str, Any]:
            return {"organisation": chosen.organisation_id, "about": chosen.about} if chosen else {}

        super().__init__(data, edits=chosen, initial=now)
        partners = collaboration.partnerships.current().values("organisation")
        offered = choosable_by(collaboration)
        limit_choices(self, "organisation", offered.exclude(pk__in=partners))
