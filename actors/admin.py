"""Django admin, mostly read-only: for closing accounts, founding a collaboration and appointing its first coordinator.

The models' verbs lock rows, check rules and record who did what; editing here would bypass them. Models of `surveys`
are not registered: raw answers must not be browsable. Neither are letters and invitations, which contain secret links.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from actors.models import (
    Affiliation,
    Collaboration,
    CoordinatorAppointment,
    ExternalAddressee,
    JointPlan,
    Organisation,
    Partnership,
    RegistryDomain,
    Responsibility,
    User,
)
from actors.partners import partnerships
from actors.permissions.lookups import SignedInRequest

# Sign in through allauth, so that rate limits and two-factor authentication apply here too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = "Östberga: teknisk administration"


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
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
    """Accounts. Only `is_active` and `is_staff` can be changed."""

    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "date_joined", "last_login")
    readonly_fields = ("email", "name", "date_joined", "last_login")

    def has_change_permission(self, request: HttpRequest, _obj: Model | None = None) -> bool:
        """Only superusers."""
        return bool(request.user.is_active and getattr(request.user, "is_superuser", False))


@admin.register(Collaboration)
class CollaborationAdmin(admin.ModelAdmin[Collaboration]):
    """Collaborations are created here; no page of the site does that."""

    list_display = ("name", "area", "controller_name", "contact_email")
    readonly_fields = ("public_version",)

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Never: what has been said and decided is a public record."""
        return False

    def save_model(self, request: HttpRequest, obj: Collaboration, form: Any, change: bool) -> None:
        """Save, and invalidate cached public pages."""
        super().save_model(request, obj, form, change)
        obj.bump_public_version()


class AppointmentAdmin(admin.ModelAdmin[CoordinatorAppointment]):
    """The first coordinator is appointed here; later ones on the site."""

    list_display = ("collaboration", "user", "role", "started_on", "ended_on")

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Never."""
        return False


admin.site.register(CoordinatorAppointment, AppointmentAdmin)


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """Organisations. Can be added, since a new collaboration needs a data controller."""

    list_display = ("name", "kind", "created_in")
    # Its words are its own people's to write.
    fields = ("name", "short_name", "slug", "kind")
    actions = ("share",)
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {"slug": ("short_name",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only superusers."""
        return bool(request.user.is_active and getattr(request.user, "is_superuser", False))

    @admin.action(description="Låt alla samverkan välja", permissions=["add"])
    def share(self, request: SignedInRequest, queryset: QuerySet[Organisation]) -> None:
        """Let every collaboration choose these organisations."""
        for organisation in queryset:
            partnerships.share_organisation(organisation=organisation, by=request.user)


@admin.register(RegistryDomain)
class RegistryDomainAdmin(admin.ModelAdmin[RegistryDomain]):
    """The domains whose addresses count as registry addresses. No page of the site edits this list."""

    list_display = ("domain", "note")


@admin.register(Affiliation, Partnership, ExternalAddressee, Responsibility, JointPlan)
class BrowseOnlyAdmin(ReadOnlyAdmin):
    """Rows that can only be viewed."""
