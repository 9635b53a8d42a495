"""Forms for petitions, letters to bodies outside the collaboration, and the replies."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from actors.models import Organisation
from actors.people.forms.people import DateInput
from dialogue.external.outside_bodies import OutsideEnquiry, SignatureCount
from dialogue.models import Decision, Dialogue, Issue, Petition
from ostberga.lib.email_field import PastedEmailField
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.form_choices import capitalised_choices, limit_choices
from ostberga.lib.plain_text import plain_text
from ostberga.lib.translations.texts_form import TextField, TextsForm

# The time for a reply, unless another due date is chosen.
REPLY_TIME = dt.timedelta(days=30)


class OutsideEnquiryForm(TextsForm):
    """Fields that a petition and a letter share: the issue, the body outside, and the days."""

    issue = forms.ModelChoiceField(Issue.objects.none(), label="Sakfråga", empty_label=None)
    addressee = forms.ModelChoiceField(
        Organisation.objects.none(), label="Till", empty_label=None, help_text="De som står utanför samverkan."
    )
    sent_on = DayField(label="Dag", widget=DateInput(), initial=timezone.localdate)
    reply_due = DayField(label="Svar väntas senast", widget=DateInput(), required=False)

    def __init__(self, dialogue: Dialogue, data: Any = None, *, issue: int = 0) -> None:
        super().__init__(data, initial={"issue": issue or None})
        outside = dialogue.collaboration.addressees.values("organisation")
        limit_choices(self, "issue", dialogue.issues.all())
        limit_choices(self, "addressee", Organisation.objects.filter(pk__in=outside).order_by("name"))

    def clean_sent_on(self) -> dt.date:
        """The day cannot be in the future."""
        on: dt.date = self.cleaned_data["sent_on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Skriv in det när det har hänt.")
        return on

    def clean(self) -> dict[str, Any]:
        """A reply cannot be due before the enquiry was sent."""
        typed = super().clean() or self.cleaned_data
        sent, due = typed.get("sent_on"), typed.get("reply_due")
        if sent and due and due < sent:
            self.add_error("reply_due", "Svaret kan inte väntas innan det skickades.")
        return typed


class PetitionForm(OutsideEnquiryForm):
    """A petition: how many have signed, how certain that is, and the source. There is no field for who has signed."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "subject": TextField("Vad gäller namninsamlingen?", "Till exempel «Bussar 134 och 168».", max_length=160)
    }
    names = forms.IntegerField(
        label="Ungefär hur många namn?",
        help_text="Lämna tomt om ingen vet. Skriv aldrig in vilka som har skrivit på.",
        min_value=1,
        max_value=1_000_000,
        required=False,
    )
    certainty = forms.ChoiceField(
        label="Hur säkert är antalet?",
        choices=capitalised_choices(Petition.Certainty.choices),
        initial=Petition.Certainty.ABOUT,
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label="Varifrån kommer uppgiften?",
        help_text="Till exempel en tidning och dag. Inga personnamn.",
        max_length=240,
    )
    field_order = ("issue", "addressee", "names", "certainty", "source", "sent_on", "reply_due")

    @property
    def arguments(self) -> dict[str, Any]:
        """Keyword arguments for `register_petition`."""
        typed = self.cleaned_data
        names = SignatureCount(typed["names"], typed["certainty"], typed["source"])
        plain = {name: typed[name] for name in ("issue", "addressee", "sent_on", "reply_due")}
        return plain | {"subject": self.texts_of("subject"), "names": names}


class OutsideQuestionForm(OutsideEnquiryForm):
    """A letter, with the day when a reply is due."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "subject": TextField("Vad frågar ni om?", "I några ord. Visas för alla.", max_length=160)
    }
    text = forms.CharField(
        label="Brevet",
        help_text="Som det skickas. Inga namn på boende.",
        max_length=6000,
        widget=forms.Textarea({"rows": 8}),
    )
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label="Beslutet att skriva", required=False, empty_label="Inget beslut"
    )
    email = PastedEmailField(
        label="Skicka brevet till",
        help_text="Lämna tomt om brevet går en annan väg. Adressen sparas bara i utkorgen.",
        required=False,
    )
    field_order = ("issue", "addressee", "text", "decision", "sent_on", "reply_due", "email")

    def __init__(self, dialogue: Dialogue, data: Any = None, *, issue: int = 0) -> None:
        super().__init__(dialogue, data, issue=issue)
        self.fields["reply_due"].required = True
        self.initial["reply_due"] = timezone.localdate() + REPLY_TIME
        limit_choices(self, "decision", dialogue.decisions.order_by("-requested_at"))

    def clean(self) -> dict[str, Any]:
        """A letter that was sent another day is only registered, not sent."""
        typed = super().clean() or self.cleaned_data
        if typed.get("email") and typed.get("sent_on") and typed["sent_on"] != timezone.localdate():
            self.add_error("email", "Ett brev som skickas härifrån skickas i dag. Ta bort adressen, eller ändra dagen.")
        return typed

    @property
    def arguments(self) -> dict[str, Any]:
        """Keyword arguments for `send_question`."""
        names = ("issue", "addressee", "text", "decision", "sent_on", "reply_due", "email")
        return {name: self.cleaned_data[name] for name in names} | {"subject": self.texts_of("subject")}


class OutsideReplyForm(TextsForm):
    """What the body replied, and when."""

    texts: ClassVar[Mapping[str, TextField]] = {
        "words": TextField("Vad svarade de?", "Kort, med enkla ord. Visas för alla.", rows=4, max_length=2400)
    }
    on = DayField(label="Svaret kom", widget=DateInput(), initial=timezone.localdate)

    def __init__(self, enquiry: OutsideEnquiry, data: Any = None) -> None:
        super().__init__(data)
        self.enquiry = enquiry

    def clean_on(self) -> dt.date:
        """A reply comes after the enquiry, and not in the future."""
        on: dt.date = self.cleaned_data["on"]
        if on < self.enquiry.sent_on:
            raise forms.ValidationError(
                f"Frågan skickades {self.enquiry.sent_on:%Y-%m-%d}. Svaret kan inte vara äldre."
            )
        if on > timezone.localdate():
            raise forms.ValidationError("Skriv in svaret när det har kommit.")
        return on


class AddresseeWordsForm(forms.Form):
    """What a body outside says itself, and in what function. A name is never asked for."""

    words = forms.CharField(
        label="Vad vill ni säga?",
        help_text="Står bredvid samordnarens återgivning, med dag och er organisation. Skriv inga namn.",
        max_length=2400,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Skriv vad ni vill säga."},
    )
    function = forms.CharField(
        label="Din funktion",
        help_text="Till exempel registrator eller trafikchef. Visas för alla. Skriv inte ditt namn.",
        max_length=120,
        error_messages={"required": "Skriv din funktion, så att det syns vem hos er som skrev."},
    )

    def clean(self) -> dict[str, Any]:
        """Plain words, of which some are left."""
        typed = super().clean() or self.cleaned_data
        for name in ("words", "function"):
            typed[name] = plain_text(typed.get(name) or "")
            if not typed[name] and name not in self.errors:
                self.add_error(name, str(self.fields[name].error_messages["required"]))
        return typed
