"""The app allauth.usersessions with our receivers: its own store the client's address and whole user agent."""

from allauth.usersessions.apps import UserSessionsConfig


class SessionsConfig(UserSessionsConfig):  # type: ignore[misc]
    """Listed in INSTALLED_APPS instead of allauth's own configuration."""

    def ready(self) -> None:
        """Remember each session at sign-in, and when a new password has given it a new key."""
        from allauth.account.signals import password_changed, password_set, user_logged_in

        from actors.people.sessions import remember_session

        for signal in (user_logged_in, password_changed, password_set):
            signal.connect(remember_session, dispatch_uid="usersessions")
