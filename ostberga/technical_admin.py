"""The site for technical administration: it shows our own models of people and bodies, and nothing else."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.db.models.base import ModelBase


class TechnicalAdminSite(AdminSite):
    """Django's admin without what other packages register.

    Whoever could add an address, a second factor or a login at the city's service to somebody else's account could
    sign in as her, and read what she reads.
    """

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
