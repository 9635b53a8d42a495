"""Finding the account for a typed address by the same query, whether there is one or not."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from actors.models import User


def account_of(address: str) -> User | None:
    """Return the active account with this address, or None."""
    return User.objects.filter(email__iexact=address.strip(), is_active=True).first()


class SameTimeBackend(AuthenticationBackend):  # type: ignore[misc]
    """Checks a password. allauth's own looks an unknown address up once more than a known one."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        user: User | None = self._check_password(User.objects.filter(email__iexact=email).first(), password)
        return user


class ResetTokens(PasswordResetTokenGenerator):
    """Tokens of links for a new password. Made without queries, and void once password or address has changed."""
