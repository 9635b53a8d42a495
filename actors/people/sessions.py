"""Sessions that a person can see and end: allauth.usersessions, without the client's address or the session's key."""

import re
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from actors.models import User
from actors.security_log.recording import Kind, record
from ostberga.lib.web.session_store import SessionStore, stored_key

# In place of an address, which the table requires and we never keep.
NO_ADDRESS = "::"
# The order matters: most browsers claim to be several others.
BROWSERS = (("Edge", r"Edg"), ("Opera", r"OPR"), ("Firefox", r"Firefox|FxiOS"), ("Chrome", r"Chrom|CriOS"))
SYSTEMS = (("Android", r"Android"), ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Windows", r"Windows"), ("Mac", r"Mac"))


def browser_of(request: HttpRequest) -> str:
    """Return browser and system as one would say them, such as «Firefox, Windows»: enough to know one's own."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    names = [_first(BROWSERS, agent) or ("Safari" if "Safari" in agent else ""), _first(SYSTEMS, agent)]
    return ", ".join(filter(None, names)) or "Okänd webbläsare"


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, agent)), "")


def remember_session(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Receiver: write down the session that has just begun, or that a new password gave a new key."""
    from allauth.usersessions.models import UserSession

    forget_ended_sessions(user)
    if not request.session.session_key:
        request.session.save()
    UserSession.objects.update_or_create(
        session_key=stored_key(request.session.session_key or ""),
        defaults={"user": user, "ip": NO_ADDRESS, "user_agent": browser_of(request)},
    )


def forget_ended_sessions(user: User) -> None:
    """Remove from the person's list the sessions that have ended by themselves."""
    from allauth.usersessions.models import UserSession

    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    UserSession.objects.filter(~Exists(alive), user=user).delete()


def end_sessions(user: User, *, but: str = "") -> None:
    """End the person's sessions everywhere, except the one whose cookie holds `but`. Each is logged."""
    from allauth.usersessions.models import UserSession

    forget_ended_sessions(user)
    for session in UserSession.objects.filter(user=user).exclude(session_key=stored_key(but)):
        SessionStore.end(session.session_key)
        record(Kind.SESSION_ENDED, by=user, on=session)
        session.delete()


def renew_session_key(request: HttpRequest) -> None:
    """Give the session a new key, as after giving the password again: an older copy of its cookie is then worthless."""
    from allauth.usersessions.models import UserSession

    old = request.session.session_key or ""
    request.session.cycle_key()
    new = stored_key(request.session.session_key or "")
    UserSession.objects.filter(session_key=stored_key(old)).update(session_key=new)
