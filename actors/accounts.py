"""How allauth makes accounts here: nobody signs up alone, and its letters go through our outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from actors import letters


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up, and letters that are written like all others."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """The coordinator invites people; there is no other way in."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put allauth's letter (a forgotten password, a changed address) in the outbox."""
        mail = self.render_mail(template_prefix, email, context)
        letters.post(kind="account", to=email, subject=mail.subject, text=mail.body)

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address: we store none, not even for counting failed sign-ins (those are counted per account)."""
        return ""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The city's login opens accounts that exist; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """The coordinator invites people; there is no other way in."""
        return False
