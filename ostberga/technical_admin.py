"""The site for technical administration: it shows our own models of people and bodies, and nothing else."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from actors.permissions.asking_again import ask_again


class TechnicalAdminSite(AdminSite):
    """Django's admin without what other packages register.

    Whoever could add an address, a second factor or a login at the city's service to somebody else's account could
    sign in as her, and read what she reads. What is sent gives or takes a right: it asks for the password or a passkey
    again, as our own views do.
    """

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Guard a page of the site. Only signing out is done at once."""
        return super().admin_view(view if view == self.logout else ask_again(view), cacheable)

    def password_change(self, _request: HttpRequest, _extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """Lead to the account's own page: it logs the change, and the owner gets a letter with which to stop it."""
        return redirect("account_change_password")

    password_change_done = password_change  # type: ignore[assignment]

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Register the models of `actors`; pass over all others."""
        listed = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        ours = [model for model in listed if model._meta.app_label == "actors"]
        super().register(ours, admin_class, **options)
