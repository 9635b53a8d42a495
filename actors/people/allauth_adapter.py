"""Adapters for allauth: closed sign-up, letters through our outbox, encrypted MFA secrets."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from actors.letters import outbox
from ostberga.lib.privacy.encrypted import decrypt, encrypt


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up, our error messages, letters through the outbox."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Kontot är avstängt. Fråga samordnaren.",
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte. Kontrollera stavningen.",
        "too_many_login_attempts": "Det blev för många försök med den här adressen. Vänta fem minuter och försök igen.",
        "enter_current_password": "Det är inte ditt nuvarande lösenord.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "incorrect_code": "Koden stämmer inte. Den byts varje halvminut: skriv den som syns nu.",
        "email_taken": "Adressen används redan av ett annat konto.",
        "duplicate_email": "Det är redan din adress.",
        "same_as_current": "Det är redan din adress.",
        "invalid_password_reset": "Länken fungerar inte längre. Be om en ny.",
        "rate_limited": "Det blev för många försök. Vänta några minuter och försök igen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are created by invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put allauth's letter (password reset, changed address) in the outbox."""
        mail = self.render_mail(template_prefix, email, {**context, "site_url": settings.SITE_URL})
        outbox.post(kind="account", to=email, subject=mail.subject, text=mail.body)

    def format_email_subject(self, subject: str) -> str:
        """The subject without the site's name in brackets."""
        return subject

    def get_client_ip(self, request: HttpRequest) -> str:
        """An empty string: no IP address is stored; failed sign-ins are counted per account."""
        return ""


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The city's login opens existing accounts and creates none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: accounts are created by invitation."""
        return False


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Two-factor authentication with our error messages and encrypted secrets."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """Encrypt TOTP keys and recovery codes before they are stored."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a stored secret."""
        return decrypt(encrypted_text)
