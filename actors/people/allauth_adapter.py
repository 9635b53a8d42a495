"""Adapters for allauth: closed sign-up, letters through our outbox, encrypted MFA secrets."""

import contextlib
import datetime as dt
import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from actors.letters import outbox
from actors.models import User
from actors.people.city_login import refusing, returning
from actors.people.city_login.providers import connected_providers
from actors.people.sessions import browser_of
from actors.security_log.recording import Kind, record
from ostberga.lib.privacy import known_browser
from ostberga.lib.privacy.client_key import client_key
from ostberga.lib.privacy.encrypted import decrypt, encrypt
from ostberga.lib.privacy.letter_limit import may_cause_letter

# Letters that anybody can cause by typing an address.
# Codes and links of allauth's letters are good for an hour at the most.
USEFUL_FOR = dt.timedelta(hours=1)
ANONYMOUS_LETTERS = frozenset(
    ["account/email/login_code", "account/email/password_reset_key", "account/email/unknown_account"]
)
WAYS = {
    "reauthenticate": "Skriv lösenordet i stället",
    "mfa_reauthenticate": "Skriv en kod i stället",
    "mfa_reauthenticate:webauthn": "Använd en nyckel i stället",
}
# In place of allauth's.
OUR_STAGES = {"allauth.mfa.stages.AuthenticateStage": "actors.people.city_login.second_factor_stage.SecondFactorStage"}


class _ThrownAway(Exception):
    """Rolls back a letter that nobody gets."""


def _has_just_signed_in(request: HttpRequest) -> bool:
    """Return whether somebody without a second factor signed in within the time that a password given again counts."""
    user = request.user
    if not isinstance(user, User) or is_mfa_enabled(user):
        return False
    records = get_authentication_records(request, user)
    return any(time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records)


def _has_shown_again(request: HttpRequest) -> bool:
    """Return whether the person has logged in anew at her provider within the time that a password counts."""
    again = [each for each in get_authentication_records(request, request.user) if each.get("reauthenticated")]
    return bool(again) and time.time() - again[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _belongs_to_another(address: str, user_id: int) -> bool:
    return User.objects.filter(email__iexact=address).exclude(pk=user_id).exists()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up, our error messages, letters through the outbox."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Kontot är avstängt. Fråga samordnaren.",
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte. Kontrollera stavningen.",
        "too_many_login_attempts": "Det blev för många försök med den här adressen. Vänta fem minuter och försök igen.",
        "enter_current_password": "Det är inte ditt nuvarande lösenord.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "incorrect_code": "Koden stämmer inte. Kontrollera siffrorna, eller be om ett nytt brev.",
        "email_taken": "Adressen används redan av ett annat konto.",
        "duplicate_email": "Det är redan din adress.",
        "same_as_current": "Det är redan din adress.",
        "invalid_password_reset": "Länken fungerar inte längre. Be om en ny.",
        "rate_limited": "Det blev för många försök. Vänta några minuter och försök igen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are created by invitation."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only what fetches: the answers to what a script sends would not count as failures (LIMITS)."""
        return request.method != "POST" and bool(super().is_ajax(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put allauth's letter (password reset, code, changed address) in the outbox.

        For an address without an account the same work is done and thrown away, so that the time tells nothing.
        """
        if template_prefix in ANONYMOUS_LETTERS:
            record(Kind.SIGN_IN_LETTER, by=User.objects.filter(email__iexact=email).first())
        may_write = template_prefix not in ANONYMOUS_LETTERS or may_cause_letter(self.request, email)
        if template_prefix != "account/email/unknown_account" and may_write:
            self._write(template_prefix, email, context)
            return
        with contextlib.suppress(_ThrownAway), transaction.atomic():
            self._write("account/email/login_code", email, {**context, "code": self.generate_login_code()})
            raise _ThrownAway

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Ask the new address to confirm. One that another account has is told instead; the page says the same."""
        wanted = emailconfirmation.email_address
        if _belongs_to_another(wanted.email, wanted.user_id):
            self.send_account_already_exists_mail(wanted.email)
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Confirm the address, unless another account has got it since the letter was sent."""
        try:
            with transaction.atomic():
                if not _belongs_to_another(email_address.email, email_address.user_id):
                    return bool(super().confirm_email(request, email_address))
        except IntegrityError:  # it got the address at this very moment
            pass
        self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: `account_changes` writes these letters, with a link that stops the change."""

    def _write(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mail = self.render_mail(template_prefix, email, {**context, "site_url": settings.SITE_URL})
        until = timezone.now() + USEFUL_FOR
        outbox.post(kind="account", to=email, subject=mail.subject, text=mail.body, useful_until=until)

    def is_reauthentication_required(self, app: str = "") -> bool:
        """Not for the first second factor just after sign-in: the password has just been typed.

        allauth asks nobody who has neither password nor second factor here. We let her show it at her provider: raises
        ReauthenticationRequired, as allauth would.
        """
        if not super().is_reauthentication_required(app=app):
            return False
        if app == "allauth.mfa" and _has_just_signed_in(self.request):
            return False
        user = self.request.user
        if get_reauthentication_flows(user) or not connected_providers(user) or _has_shown_again(self.request):
            return True
        raise ReauthenticationRequired

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to show that it is the same person, in Swedish; at her provider last."""
        ours = [{**way, "description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]
        at_provider = [
            {
                "id": f"city_login:{provider.sub_id}",
                "description": f"Logga in igen med {provider.name}",
                "url": reverse("city-login-again", args=[provider.sub_id]),
            }
            for provider in (connected_providers(user) if isinstance(user, User) else [])
        ]
        return [*ours, *at_provider]

    def get_login_stages(self) -> list[str]:
        """allauth's, but that a city's login with two factors is not asked for another here."""
        return [OUR_STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether allauth may lead on to the address that somebody sent. What is no address is not safe."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def format_email_subject(self, subject: str) -> str:
        """The subject without the site's name in brackets."""
        return subject

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's number of today, for allauth's limits; never its address."""
        return client_key(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted by account and client, so that nobody locks another out."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{client_key(request)}"

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponseBase:
        """Let the browser show from now on that this account has signed in here."""
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        known_browser.remember(request, response, user.email)
        return response


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The city's login opens accounts of people who are invited, and tells why where it does not."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": "Välj ett lösenord först (Har du glömt lösenordet?). Annars kommer du inte in.",
    }

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Judge the login before anybody is signed in with it."""
        returning.judge(request, sociallogin)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Answer with our page in place of allauth's."""
        refusal = refusing.refusal_behind(request, exception, error, extra_context or {})
        raise ImmediateHttpResponse(refusing.show(request, provider, refusal))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: accounts are created by invitation."""
        return False


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Two-factor authentication with our error messages and encrypted secrets."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Koden stämmer inte. Den byts varje halvminut: skriv den som syns nu.",
    }

    def encrypt(self, text: str) -> str:
        """Encrypt TOTP keys and recovery codes before they are stored."""
        return encrypt(text, "SECOND_FACTOR_KEYS")

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a stored secret."""
        return decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """The suggested name of a passkey: the browser and system that make it."""
        return browser_of(context.request)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host that passkeys belong to, with the name that a phone shows."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Östberga"}
