"""The project package as a Django app, for its management commands and template tags."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class OstbergaConfig(AppConfig):
    """Commands, template tags and demo content that belong to no single app."""

    default = True
    name = "ostberga"
    verbose_name = "Östberga"

    def ready(self) -> None:
        """Register our system checks, and keep one-line inputs to one line."""
        from ostberga.http import checks  # noqa: F401
        from ostberga.lib.fields.one_line import hold_one_line

        hold_one_line()


class TechnicalAdminConfig(admin_apps.AdminConfig):
    """Django's admin with a site that shows only what `actors.admin` registers."""

    default = False
    default_site = "ostberga.technical_admin.TechnicalAdminSite"
