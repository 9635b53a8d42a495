"""Settings of accounts: passwords, allauth, a second factor, the city's login. Part of `ostberga.settings`."""

import os
from typing import Any

from ostberga.settings.environment import MODE, env

AUTH_USER_MODEL = "actors.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
if MODE == "test":  # Tests create hundreds of accounts; a slow hash protects nobody there.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
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
# Lockouts are counted per e-mail address, never per IP address: we store none.
ACCOUNT_RATE_LIMITS = {"login": "300/m", "login_failed": "10/5m/key", "reset_password": "5/m/key"}
ACCOUNT_SESSION_REMEMBER = True  # Everyone signs in again after SESSION_COOKIE_AGE, without a choice.
ACCOUNT_CHANGE_EMAIL = True  # One address for each account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # A typed address that has no account gets no e-mail.
# Our subclasses of allauth's forms, with labels and errors in plain Swedish.
_OURS = "actors.people.forms.accounts."
_ACTS = {"login", "add_email", "change_password", "set_password", "reset_password", "reset_password_from_key"}
ACCOUNT_FORMS = {act: f"{_OURS}{act.title().replace('_', '')}Form" for act in {*_ACTS, "reauthenticate"}}
_CODES = {"authenticate": "CodeForm", "reauthenticate": "CodeAgainForm", "activate_totp": "ActivateCodesForm"}
MFA_FORMS = {act: f"{_OURS}{name}" for act, name in _CODES.items()}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # The invitation proved the address.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Östberga"
# The city's login or a BankID broker: one OpenID Connect provider, from the environment.
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if os.environ.get("OIDC_SERVER_URL"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "stad",
                "name": os.environ.get("OIDC_NAME", "Stadens inloggning"),
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_SECRET"),
                "settings": {"server_url": os.environ["OIDC_SERVER_URL"]},
            }
        ]
    }
