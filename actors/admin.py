"""Django admin, mostly read-only. No work needs it: all that it does has a page of its own.

The models' verbs lock rows, check rules and record who did what; editing here would bypass them. Models of `surveys`
are not registered: raw answers must not be browsable. Neither are letters and invitations, which contain secret links.
"""

from collections.abc import Sequence
from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.db.models import EmailField, Model, QuerySet
from django.http import HttpRequest
from django.utils import formats, timezone

from actors.founding.own_fields import change_own_fields
from actors.mandates import registry_addresses, registry_entries, registry_removals
from actors.models import (
    Affiliation,
    AppointmentProposal,
    Collaboration,
    CoordinatorAppointment,
    ExternalAddressee,
    JointPlan,
    Organisation,
    Partnership,
    RegistryEntry,
    Responsibility,
    User,
)
from actors.partners import partnerships
from actors.people import appointing
from actors.people.forms.administration import (
    AppointmentProposalForm,
    CollaborationForm,
    NewOrganisationForm,
    RegistryEntryForm,
)
from actors.permissions.lookups import SignedInRequest
from actors.security_log.recording import Kind as SecurityKind
from actors.security_log.recording import record
from ostberga.lib.email_field import PastedEmailField
from ostberga.lib.refusal import Refusal

# Sign in through allauth, so that rate limits and two-factor authentication apply here too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = "Östberga: teknisk administration"


def is_superuser(request: HttpRequest) -> bool:
    """Whether the request is the technical administrator's."""
    return bool(request.user.is_active and getattr(request.user, "is_superuser", False))


class GuardedAdmin(admin.ModelAdmin[Any]):
    """Records everything that is saved or deleted in the security log, and filters by what the list offers only.

    A filter on any other field, such as a hash of a password, would give away its value a character at a time.
    """

    formfield_overrides = {EmailField: {"form_class": PastedEmailField}}

    def lookup_allowed(self, lookup: str, _value: str, request: HttpRequest | None = None) -> bool:  # noqa: ARG002
        """Whether the list offers this filter. The rest, typed in the address, are answered with 400."""
        field, _, how = lookup.partition("__")
        return field in self.list_filter and how in {"", "exact", "isnull"}

    def to_field_allowed(self, _request: HttpRequest, to_field: str) -> bool:
        """Whether rows may be pointed out by this field: only by the primary key."""
        return bool(to_field == self.opts.pk.name)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Record it there too."""
        _record(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Record it there too."""
        _record(request, obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Record them there too."""
        for obj in queryset:
            _record(request, obj)
        return super().log_deletions(request, queryset)


def _record(request: HttpRequest, obj: Model) -> None:
    place = obj if isinstance(obj, Collaboration) else getattr(obj, "collaboration", None)
    record(SecurityKind.ADMINISTERED, by=cast(User, request.user), on=obj, collaboration=place)


class ReadOnlyAdmin(GuardedAdmin):
    """Shows rows without add, change or delete."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Never."""
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Accounts. Who is closed, and who administers, is said on the pages below /mitt/drift/, whose verbs tell of it."""

    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "date_joined", "last_login")


@admin.register(Collaboration)
class CollaborationAdmin(GuardedAdmin):
    """Collaborations are created here; no page of the site does that."""

    form = CollaborationForm
    list_display = ("name", "area", "controller_name", "contact_email")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All but practices, which only those who practise see."""
        return super().get_queryset(request).filter(practice_of=None)

    def get_readonly_fields(self, _request: HttpRequest, obj: Collaboration | None = None) -> tuple[str, ...]:
        """The data controller stands once somebody coordinates: it is who confirms the next one."""
        is_running = obj is not None and obj.appointments.exists()
        return ("public_version", "data_controller") if is_running else ("public_version",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field, with what the page showed beside it: an old page changes only what was changed on it (ADR 42)."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.show_hidden_initial = True
        return field

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Never: what has been said and decided is a public record."""
        return False

    def save_model(self, request: HttpRequest, obj: Collaboration, form: Any, change: bool) -> None:
        """Save what was changed on the page, not what somebody else has changed since; tell those whom it concerns.

        The verb is the one that the page on /mitt/drift/ says.
        """
        if change:
            typed = {name: form.cleaned_data[name] for name in form.changed_data}
            change_own_fields(collaboration=obj, typed=typed, by=cast(User, request.user))
        else:
            super().save_model(request, obj, form, change)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """The verb has recorded it."""
        return super(GuardedAdmin, self).log_change(request, obj, message)


@admin.register(AppointmentProposal)
class AppointmentProposalAdmin(ReadOnlyAdmin):
    """A coordinator is proposed here; the data controller's registry appoints her by its link."""

    form = AppointmentProposalForm
    list_display = ("collaboration", "user", "role", "sent_to", "proposed_at", "confirmed_at", "refused_at")
    exclude = ("token_hash",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only superusers."""
        return is_superuser(request)

    def get_fields(self, _request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """What is typed, or what is shown."""
        typed = ("collaboration", "email", "name", "role", "reason")
        return (*self.list_display, "reason", "proposed_by", "expires_at", "withdrawn_at") if obj else typed

    def save_model(self, request: HttpRequest, obj: AppointmentProposal, form: Any, _change: bool) -> None:
        """Say the verb, which asks the data controller and tells those who are appointed."""
        made = appointing.propose(by=cast(User, request.user), **form.arguments())
        obj.pk, obj.user = made.pk, made.user


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """Organisations. Can be added, since a new collaboration needs a data controller."""

    form = NewOrganisationForm
    list_display = ("name", "kind", "registry_email", "created_in")
    # Its words are its own people's to write.
    fields = ("name", "short_name", "slug", "kind", "registry_email")
    actions = ("share", "remove_registry")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only superusers."""
        return is_superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only superusers, and only to enter a first registry address. Later ones are confirmed at the old address."""
        return is_superuser(request) and isinstance(obj, Organisation) and not obj.registry_email

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """All but the registry address, once it is saved."""
        return ("name", "short_name", "slug", "kind") if obj else ()

    def get_prepopulated_fields(self, _request: HttpRequest, obj: Model | None = None) -> dict[str, Sequence[str]]:
        """A slug for a new one."""
        return {} if obj else {"slug": ("short_name",)}

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        """Save a new one, and say the verb that enters its first registry address."""
        address, obj.registry_email = form.cleaned_data["registry_email"], ""
        if not change:
            super().save_model(request, obj, form, change)
        if address:
            by = cast(User, request.user)
            registry_addresses.enter_without_asking(organisation=obj, address=address, by=by)

    @admin.action(description="Låt alla samverkan välja", permissions=["add"])
    def share(self, request: SignedInRequest, queryset: QuerySet[Organisation]) -> None:
        """Let every collaboration choose these organisations."""
        for organisation in queryset:
            partnerships.share_organisation(organisation=organisation, by=request.user)
            _record(request, organisation)

    @admin.action(description="Ta bort registratorsadressen", permissions=["add"])
    def remove_registry(self, request: SignedInRequest, queryset: QuerySet[Organisation]) -> None:
        """Take away wrong addresses, after some days in which their owners can stop it."""
        for organisation in queryset.exclude(registry_email=""):
            try:
                removal = registry_removals.remove(organisation, by=request.user)
            except Refusal as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            else:
                day = formats.date_format(timezone.localtime(removal.takes_effect_at), "j F Y")
                self.message_user(request, f"{removal.address} tas bort {day}, om ingen stoppar det.")


@admin.register(RegistryEntry)
class RegistryEntryAdmin(GuardedAdmin):
    """The domains and addresses that count as registries'. A new one waits; a listed one is struck, not renamed."""

    form = RegistryEntryForm
    list_display = ("listed", "organisation", "note", "counts_from", "struck_until")
    list_select_related = ("organisation",)

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """All but the note, once it is listed."""
        return ("listed", "organisation", "counts_from", "struck_until") if obj else ()

    def save_model(self, request: HttpRequest, obj: RegistryEntry, form: Any, change: bool) -> None:
        """Say the verb, which tells everybody appointed."""
        if change:
            super().save_model(request, obj, form, change)
            return
        listed = registry_entries.list_entry(by=cast(User, request.user), **form.cleaned_data)
        obj.pk, obj.counts_from = listed.pk, listed.counts_from

    def delete_model(self, request: HttpRequest, obj: RegistryEntry) -> None:
        """Say the verb."""
        registry_entries.strike_entry(obj, by=cast(User, request.user))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[RegistryEntry]) -> None:
        """Say the verb for each."""
        for entry in queryset:
            self.delete_model(request, entry)


@admin.register(CoordinatorAppointment, Affiliation, Partnership, ExternalAddressee, Responsibility, JointPlan)
class BrowseOnlyAdmin(ReadOnlyAdmin):
    """Rows that can only be viewed."""
