"""The exception that nobody is let in by her city's login."""

from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from actors.models import User
from actors.rules.city_login import Reason


class LoginRefused(OAuth2Error):  # type: ignore[misc]
    """Nobody is let in. allauth catches it as its own, and asks our adapter for the page.

    `facts` tell whoever looks after the provider what came; `user` is the account it is about, for the log.
    """

    def __init__(self, reason: Reason, *, user: User | None = None, facts: dict[str, str] | None = None) -> None:
        super().__init__(str(reason))
        self.reason, self.user, self.facts = reason, user, facts or {}
