"""allauth's step of a sign-in that asks for a second factor."""

from typing import Any

from allauth.mfa.stages import AuthenticateStage

from actors.people.city_login.providers import counts_as_two_factors


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """Passes whoever her city's login vouches for with two factors."""

    def handle(self) -> Any:
        """Ask for the factor, or let the sign-in go on."""
        login = self.login.signal_kwargs.get("sociallogin") if self.login.signal_kwargs else None
        if login is not None and counts_as_two_factors(login):
            return None, True
        return super().handle()
