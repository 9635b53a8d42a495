"""The technical administrator looks, and closes accounts. Everything else is done on the pages of the site.

Verbs lock, ask rules and record who did what; a change here would pass them by, so rows are shown and not edited.
What people have answered (surveys) is not registered at all: raw text must not be possible to browse, not even by the
person who runs the server's admin site. Letters and invitations are left out too, for their links open doors.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from actors.models import (
    Affiliation,
    Collaboration,
    CoordinatorAppointment,
    ExternalAddressee,
    JointPlan,
    Organisation,
    Partnership,
    Responsibility,
    User,
)

# The same door as everyone's: lockouts and the second step hold here too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = "Östberga: teknisk administration"


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Shows rows; changes nothing."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """No."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """No."""
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Accounts. The one thing to change is whether an account is open, and who may come here."""

    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "date_joined", "last_login")
    readonly_fields = ("email", "name", "date_joined", "last_login")

    def has_change_permission(self, request: HttpRequest, _obj: Model | None = None) -> bool:
        """Only those who run the site."""
        return bool(request.user.is_active and getattr(request.user, "is_superuser", False))


@admin.register(Collaboration)
class CollaborationAdmin(admin.ModelAdmin[Collaboration]):
    """A collaboration is founded here, with its data controller: no page on the site does that."""

    list_display = ("name", "area", "controller_name", "contact_email")
    readonly_fields = ("public_version",)

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """What has been said and decided is a public record."""
        return False

    def save_model(self, request: HttpRequest, obj: Collaboration, form: Any, change: bool) -> None:
        """What is changed here is public: pages are made anew."""
        super().save_model(request, obj, form, change)
        obj.bump_public_version()


class AppointmentAdmin(admin.ModelAdmin[CoordinatorAppointment]):
    """The first coordinator is appointed here; afterwards she hands over on the site."""

    list_display = ("collaboration", "user", "role", "started_on", "ended_on")

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """No."""
        return False


admin.site.register(CoordinatorAppointment, AppointmentAdmin)


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """Bodies. Founding a collaboration needs a controller, so one can be added."""

    list_display = ("name", "kind", "contact_function")
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {"slug": ("short_name",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The first ones."""
        return bool(request.user.is_active and getattr(request.user, "is_superuser", False))


@admin.register(Affiliation, Partnership, ExternalAddressee, Responsibility, JointPlan)
class BrowseOnlyAdmin(ReadOnlyAdmin):
    """Rows to look at."""
