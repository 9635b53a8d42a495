"""allauth's forms with Swedish labels and without placeholders."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest

from actors.people.signing_in import account_of
from ostberga.lib.email_field import PastedEmailField

LABELS = {
    "login": "E-post",
    "email": "E-post",
    "password": "Lösenord",
    "oldpassword": "Ditt nuvarande lösenord",
    "password1": "Nytt lösenord",
    "password2": "Samma lösenord en gång till",
    "code": "Kod",
    "name": "Vad ska nyckeln heta?",
}


class PlainLabelsForm(forms.Form):
    """Sets the labels of `LABELS`, removes placeholders, and understands addresses as people paste them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("login", "email"):
            if isinstance(field := self.fields.get(name), forms.EmailField):
                self.fields[name] = PastedEmailField(widget=field.widget, required=field.required)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class LoginForm(PlainLabelsForm, account.LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the template has the link to a new password


class AddEmailForm(PlainLabelsForm, account.AddEmailForm):  # type: ignore[misc]
    """A new address."""

    def save(self, request: HttpRequest) -> Any:
        """Ask the new address to confirm. The present one stays until then, even if it was never verified.

        allauth takes an unverified address for an unfinished change: it would delete it, leave the account without an
        address, and tell nobody at the old one.
        """
        present = {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(user=self.user, email=self.user.email, defaults=present)
        return super().save(request)


class ChangePasswordForm(PlainLabelsForm, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, with the present one."""


class SetPasswordForm(PlainLabelsForm, account.SetPasswordForm):  # type: ignore[misc]
    """A first password, for those who came through the city's login."""


class ResetPasswordForm(PlainLabelsForm, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to send a reset link to."""

    def clean_email(self) -> str:
        """Find the account by one query, whether there is one or not."""
        address = str(self.cleaned_data["email"]).lower()
        account = account_of(address)
        self.users = [account] if account else []
        return address


class ResetPasswordFromKeyForm(PlainLabelsForm, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, after following the link."""


class ReauthenticateForm(PlainLabelsForm, account.ReauthenticateForm):  # type: ignore[misc]
    """The password, before a sensitive action."""


class CodeForm(PlainLabelsForm, mfa.AuthenticateForm):  # type: ignore[misc]
    """A TOTP or recovery code, at sign-in."""


class CodeAgainForm(PlainLabelsForm, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A TOTP or recovery code, before a sensitive action."""


class ActivateCodesForm(PlainLabelsForm, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first TOTP code, which activates two-factor authentication."""


class RequestLoginCodeForm(PlainLabelsForm, account.RequestLoginCodeForm):  # type: ignore[misc]
    """The address to send a sign-in code to."""

    def clean_email(self) -> str:
        """Find the account by one query, whether there is one or not. Raises ValidationError after too many tries."""
        address = str(self.cleaned_data["email"]).lower()
        if not ratelimit.consume(context.request, action="request_login_code", key=address):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = account_of(address)
        return address


class ConfirmLoginCodeForm(PlainLabelsForm, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the letter."""


class AddPasskeyForm(PlainLabelsForm, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey: always one that signs in by itself, with a finger, face or PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "Till exempel «min telefon», så att du känner igen den."
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(PlainLabelsForm, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """A passkey's name."""
