"""The form of a founding, the same for the page and the command; and who administers, when it is the first."""

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.text import slugify

from actors.founding import codes
from actors.founding.founding import Controller, Place
from actors.models import Collaboration, CoordinatorAppointment, Organisation, User
from actors.models.collaboration import refuse_reserved
from actors.people.appointing import account_obstacle
from ostberga.lib.action_form import ActionForm
from ostberga.lib.email_field import PastedEmailField
from ostberga.lib.mailboxes import mailbox_of
from ostberga.lib.translations.languages import ALL_LANGUAGES, SOURCE

KINDS = [
    (kind.value, label)
    for kind, label in (
        (Organisation.Kind.COMMITTEE_ADMIN, "En nämnd"),
        (Organisation.Kind.MUNICIPAL_COMPANY, "Ett kommunalt bolag"),
    )
]
OFFERED = [(language.code, language.swedish_name.capitalize()) for language in ALL_LANGUAGES if language.code != SOURCE]
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
SAME_MAILBOX = "Registratorn bekräftar åt er, och är en egen adress. Skriv en annan."


class FoundingForm(ActionForm):
    """What a collaboration needs to begin: its data controller, its name and area, and who coordinates it."""

    municipality = forms.CharField(label="Kommun", max_length=80, help_text="Till exempel Stockholms stad.")
    kind = forms.ChoiceField(label="Personuppgiftsansvarig är", choices=KINDS, widget=forms.RadioSelect)
    controller_name = forms.CharField(
        label="Nämndens eller bolagets namn",
        max_length=120,
        help_text="Den som svarar för det boende säger. Aldrig samverkan, och aldrig hela kommunen.",
    )
    controller_short = forms.CharField(label="Kort namn för nämnden eller bolaget", max_length=40)
    registry_email = PastedEmailField(
        label="Registratorns e-post",
        help_text="Den officiella adressen. Dit går ett brev: registratorn bekräftar vem som samordnar.",
    )
    domains = forms.CharField(
        label="Andras domäner",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Det som står efter @ hos andra parters registratorer, till exempel polisen.se. En på varje rad.",
    )
    name = forms.CharField(label="Samverkans namn", max_length=120, help_text="Till exempel Samverkan Östberga.")
    short_name = forms.CharField(
        label="Samverkan i webbadressen", max_length=50, help_text="Ett kort namn, till exempel ostberga."
    )
    area = forms.CharField(label="Område", max_length=120, help_text="Stadsdelen, som den brukar kallas.")
    languages = forms.MultipleChoiceField(
        label="Språk utöver svenska", choices=OFFERED, required=False, widget=forms.CheckboxSelectMultiple
    )
    contact_email = PastedEmailField(
        label="E-post för frågor", help_text="En funktionsbrevlåda som boende kan skriva till. Aldrig en persons."
    )
    dpo_email = PastedEmailField(label="Dataskyddsombudets e-post", required=False, help_text="En funktionsbrevlåda.")
    coordinator_name = forms.CharField(label="Samordnarens namn", max_length=120)
    coordinator_email = PastedEmailField(label="Samordnarens e-post", help_text="Hon får sin inbjudan dit.")

    # The headings of the page, and the fields below each.
    sections: tuple[tuple[str, tuple[str, ...]], ...] = (
        (
            "Kommunen och den som är personuppgiftsansvarig",
            ("municipality", "kind", "controller_name", "controller_short", "registry_email", "domains"),
        ),
        ("Samverkan", ("name", "short_name", "area", "languages", "contact_email", "dpo_email")),
        ("Samordnaren", ("coordinator_name", "coordinator_email")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if CoordinatorAppointment.objects.exists():
            del self.fields["domains"]  # what is listed now counts after some days, and is a page of its own

    def field_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.sections]

    def clean_short_name(self) -> str:
        """Make it an address of a collaboration, which is free."""
        slug = str(slugify(self.cleaned_data["short_name"]))[:50]
        if not slug:
            raise forms.ValidationError("Skriv med bokstäver från a till ö.")
        refuse_reserved(slug)
        taken = Collaboration.objects.filter(slug=slug) | Collaboration.objects.filter(former_addresses__slug=slug)
        if taken.exists():
            raise forms.ValidationError("En annan samverkan har eller har haft den adressen. Välj en annan.")
        return slug

    def clean_registry_email(self) -> str:
        """In lower case, as addresses are compared."""
        return str(self.cleaned_data["registry_email"]).lower()

    def clean_coordinator_email(self) -> str:
        """Refuse whoever could not be appointed."""
        email = str(self.cleaned_data["coordinator_email"]).lower()
        known = User.objects.filter(email__iexact=email).first()
        if known and (why := account_obstacle(known)):
            raise forms.ValidationError(why)
        return email

    def clean_domains(self) -> list[str]:
        """One domain a row."""
        domains = [row.strip().lower().lstrip("@") for row in self.cleaned_data["domains"].splitlines() if row.strip()]
        if wrong := [domain for domain in domains if not _DOMAIN.fullmatch(domain)]:
            raise forms.ValidationError(f"{wrong[0]} är ingen domän. Skriv till exempel polisen.se.")
        return domains

    def clean_controller_name(self) -> str:
        """Refuse a name that looks like another organisation's; the same name means the same one."""
        return self._free_name("controller_name")

    def clean_controller_short(self) -> str:
        """As the name."""
        return self._free_name("controller_short")

    def clean(self) -> dict[str, Any]:
        """Refuse an address that is the registry's and somebody else's."""
        cleaned: dict[str, Any] = super().clean() or {}
        registry = cleaned.get("registry_email", "")
        for name in ("contact_email", "dpo_email", "coordinator_email", "email"):
            if registry and cleaned.get(name) and mailbox_of(cleaned[name]) == mailbox_of(registry):
                self.add_error(name, SAME_MAILBOX)
        return cleaned

    @property
    def place(self) -> Place:
        """The collaboration, from cleaned data."""
        data = self.cleaned_data
        names = ("municipality", "name", "area", "contact_email", "dpo_email")
        languages = (SOURCE, *data["languages"])
        return Place(slug=data["short_name"], languages=languages, **{name: data[name] for name in names})

    @property
    def controller(self) -> Controller:
        """The data controller, from cleaned data."""
        data = self.cleaned_data
        return Controller(data["kind"], data["controller_name"], data["controller_short"], data["registry_email"])

    @property
    def coordinator(self) -> User:
        """Whoever is to coordinate: her account, or a new one that is not saved."""
        email = str(self.cleaned_data["coordinator_email"]).lower()
        known = User.objects.filter(email__iexact=email).first()
        return known or User(email=email, name=self.cleaned_data["coordinator_name"])

    def arguments(self) -> dict[str, Any]:
        """The cleaned data as `found` takes it."""
        domains = self.cleaned_data.get("domains", [])
        return {
            "place": self.place, "controller": self.controller, "coordinator": self.coordinator, "domains": domains
        }  # fmt: skip

    def _free_name(self, field: str) -> str:
        name = str(self.cleaned_data[field])
        written = str(self.data.get("controller_name", "")).strip()
        others = Organisation.objects.exclude(created_in=None, name__iexact=written)
        if why := others.obstacle_to_names(name):
            raise forms.ValidationError(why)
        return name


class FirstFoundingForm(FoundingForm):
    """The first founding, by whoever has the code: she becomes the installation's administrator."""

    code = forms.CharField(
        label="Engångskod",
        max_length=40,
        help_text="Den skrevs ut när tjänsten startade. Ny kod: kör manage.py grunda --kod.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    your_name = forms.CharField(
        label="Ditt namn", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = PastedEmailField(
        label="Din e-post", help_text="Du blir teknisk administratör, och kan då inte samordna.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )  # fmt: skip
    password = forms.CharField(
        label="Välj ett lösenord", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    sections = (("Du som installerar", ("code", "your_name", "email", "password")), *FoundingForm.sections)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_code(self) -> str:
        """Refuse every code but the one that was printed last."""
        code = str(self.cleaned_data["code"])
        if not codes.opens(code):
            raise forms.ValidationError("Koden stämmer inte. Skriv den som skrevs ut senast.")
        return code

    def clean_password(self) -> str:
        """Run Django's password validators."""
        password = str(self.cleaned_data["password"])
        validate_password(password, User(name=str(self.cleaned_data.get("your_name", ""))))
        return password

    def clean(self) -> dict[str, Any]:
        """The administrator can not be appointed, so she is somebody else than the coordinator."""
        cleaned = super().clean()
        hers, yours = cleaned.get("coordinator_email", ""), cleaned.get("email", "")
        if hers and yours and mailbox_of(hers) == mailbox_of(yours):
            self.add_error("coordinator_email", "Den som administrerar tekniken kan inte samordna. Skriv någon annans.")
        return cleaned
