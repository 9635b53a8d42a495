"""allauth's forms with our words: plain Swedish labels, no placeholders that vanish."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms

LABELS = {
    "login": "E-post",
    "email": "E-post",
    "password": "Lösenord",
    "oldpassword": "Ditt nuvarande lösenord",
    "password1": "Nytt lösenord",
    "password2": "Samma lösenord en gång till",
    "code": "Kod",
}


class PlainLabelsForm(forms.Form):
    """Says what each field is for above it, where it stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class LoginForm(PlainLabelsForm, account.LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the way to a new password stands below the button


class AddEmailForm(PlainLabelsForm, account.AddEmailForm):  # type: ignore[misc]
    """Another address."""


class ChangePasswordForm(PlainLabelsForm, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, given the present one."""


class SetPasswordForm(PlainLabelsForm, account.SetPasswordForm):  # type: ignore[misc]
    """A first password, for those who came through the city's login."""


class ResetPasswordForm(PlainLabelsForm, account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link."""


class ResetPasswordFromKeyForm(PlainLabelsForm, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, given the link."""


class ReauthenticateForm(PlainLabelsForm, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class CodeForm(PlainLabelsForm, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code from the phone, at sign-in."""


class CodeAgainForm(PlainLabelsForm, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code from the phone, before something that matters."""


class ActivateCodesForm(PlainLabelsForm, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which shows that the phone and we agree."""
