"""Sessions that a person can see and end: allauth.usersessions, without the client's address or the session's key."""

import re
from collections.abc import Callable
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
SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac"),
    ("Chromebook", r"CrOS"),
    ("Linux", r"Linux"),
)
# In the session: the day on which its last use was written down.
SEEN_ON = "seen_on"
# What else lets whoever holds it read something of hers without signing in. Apps add theirs when they start; each takes
# the person and ends what she has of it.
OTHER_KEYS: list[Callable[[User], None]] = []


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
    request.session[SEEN_ON] = timezone.localdate().isoformat()
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


def forget_all_ended_sessions() -> None:
    """Delete the sessions that have ended by themselves, with what they held, and remove them from everybody's list."""
    from allauth.usersessions.models import UserSession

    SessionStore.clear_expired()
    UserSession.objects.filter(~Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()


def note_use(request: HttpRequest) -> None:
    """Write down that the session is used today, once a day: whoever reads her list can tell one from another."""
    from allauth.usersessions.models import UserSession

    today = timezone.localdate().isoformat()
    if request.session.get(SEEN_ON, today) == today:
        return
    request.session[SEEN_ON] = today
    here = UserSession.objects.filter(session_key=stored_key(request.session.session_key or ""))
    here.update(last_seen_at=timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0))  # the day only


def end_sessions(user: User, *, but: str = "", only: int | None = None, closed_by: User | None = None) -> int:
    """End the person's sessions everywhere, or `only` the one with this key of the list; returns how many.

    Never the one whose cookie holds `but`. Each is logged, as ended by her or by whoever closes her account. Unless it
    is about one only, `OTHER_KEYS` end with them.
    """
    from allauth.usersessions.models import UserSession

    forget_ended_sessions(user)
    for end in OTHER_KEYS if only is None else ():
        end(user)
    others = UserSession.objects.filter(user=user).exclude(session_key=stored_key(but))
    ended = list(others if only is None else others.filter(pk=only))
    for session in ended:
        SessionStore.end(session.session_key)
        record(Kind.SESSION_ENDED, by=closed_by or user, on=session)
        session.delete()
    return len(ended)


def renew_session_key(request: HttpRequest) -> None:
    """Give the session a new key, as after giving the password again: an older copy of its cookie is then worthless."""
    from allauth.usersessions.models import UserSession

    old = request.session.session_key or ""
    request.session.cycle_key()
    new = stored_key(request.session.session_key or "")
    UserSession.objects.filter(session_key=stored_key(old)).update(session_key=new)
