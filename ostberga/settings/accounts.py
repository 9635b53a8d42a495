"""Settings of accounts: passwords, allauth, a second factor, the city's login. Part of `ostberga.settings`."""

from typing import Any

from ostberga.settings import city_logins
from ostberga.settings.environment import MODE

AUTH_USER_MODEL = "actors.User"
AUTHENTICATION_BACKENDS = ["actors.people.signing_in.SameTimeBackend"]
if MODE == "test":  # Tests create hundreds of accounts; a slow hash protects nobody there.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}CommonPasswordValidator"},
    {"NAME": "actors.people.passwords.strength.GuessablePasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600  # seconds
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "actors.people.signing_in.ResetTokens"  # noqa: S105 - a class
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # The coordinator's invitation already proves the address.
ACCOUNT_ADAPTER = "actors.people.allauth_adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "actors.people.allauth_adapter.SocialAccountAdapter"
MFA_ADAPTER = "actors.people.allauth_adapter.MFAAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Ours (ostberga/http/request_limits.py) come first, and ask for work instead of closing the door. What is left to
# allauth is counted by client, whose number today is its "ip"; the "key" of wrong passwords holds account and client.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "10/5m/key",
    "reset_password": "60/m/ip",
    "request_login_code": "60/m/ip",
}
ACCOUNT_SESSION_REMEMBER = True  # Everyone signs in again after SESSION_COOKIE_AGE, without a choice.
ACCOUNT_CHANGE_EMAIL = True  # One address for each account.
# allauth then asks our adapter for a letter also to an address without an account. It writes none, in the same time.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # also before the address is changed
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds during which a password or passkey given again counts
ACCOUNT_LOGIN_BY_CODE_ENABLED = True  # For those who come so seldom that they forget their password.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # The other sessions end; see account_events.
# Our subclasses of allauth's forms, with labels and errors in plain Swedish.
_OURS = "actors.people.forms.accounts."
_ACTS = {"login", "add_email", "change_password", "set_password", "reset_password", "reset_password_from_key"}
_ACTS |= {"request_login_code", "confirm_login_code"}
ACCOUNT_FORMS = {act: f"{_OURS}{act.title().replace('_', '')}Form" for act in {*_ACTS, "reauthenticate"}}
_CODES = {"authenticate": "CodeForm", "reauthenticate": "CodeAgainForm", "activate_totp": "ActivateCodesForm"}
_CODES |= {"add_webauthn": "AddPasskeyForm", "edit_webauthn": "RenamePasskeyForm"}
MFA_FORMS = {act: f"{_OURS}{name}" for act, name in _CODES.items()}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # The invitation proved the address.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # A passkey is both something one has and a finger, face or PIN.
MFA_TOTP_ISSUER = "Östberga"
# A second factor for those who coordinate, decide or administer: "required", or "offered" (the demo lets one skip it).
SECOND_FACTOR = "offered" if MODE == "demo" else "required"
# The logins of the city and its partners, or a BankID broker.
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = city_logins.providers()
SOCIALACCOUNT_STORE_TOKENS = False  # We ask a provider once, who somebody is.
