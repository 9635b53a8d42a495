"""Questions that no page leads to: what scripts send, and the second step of what a letter's link begins."""

from collections.abc import Iterable, Iterator

from responses.asking import PlannedRequest

from dialogue.models import Meeting, MinuteItem

KEY = "11111111-1111-4111-8111-111111111111"
WRITERS = ("resident", "elected", "coordinator", "stranger", "visitor")
NEW_PASSWORD = (("password1", "en-alldeles-ny-fras"), ("password2", "en-alldeles-ny-fras"))


def questions(starts: Iterable[str]) -> Iterator[PlannedRequest]:
    """All of them; `starts` are the links of letters among others."""
    for who in WRITERS:
        for meeting in Meeting.objects.order_by("pk")[:40]:
            yield PlannedRequest(who, "GET", f"/mitt/mote/{meeting.pk}/rader/0-0-locked/")
            if meeting.begun_at is not None and meeting.approved_on is None:
                yield from _lines(who, meeting.pk)
    for link in starts:
        if "/konto/password/reset/key/" in link:
            form = f"{link.rpartition('-')[0]}-set-password/"
            yield PlannedRequest("visitor", "GET", form, before=(link, ()))
            yield PlannedRequest("visitor", "POST", form, None, (), "empty", (link, ()))
            yield PlannedRequest("visitor", "POST", form, None, NEW_PASSWORD, "filled in", (link, ()))
    yield PlannedRequest("visitor", "GET", "/konto/password/reset/key/1-finns-inte/")
    yield PlannedRequest("visitor", "GET", "/konto/confirm-email/finns-inte/")
    yield PlannedRequest("visitor", "GET", "/konto/oidc/stad/login/")
    yield PlannedRequest("visitor", "GET", "/konto/oidc/stad/login/callback/")


def _lines(who: str, meeting: int) -> Iterator[PlannedRequest]:
    """A line of the minutes as it is saved while it is written."""
    texts = ("Lampan vid bron är trasig.", "Ring 070-174 06 05.", "", "x" * 5000)
    for kind in (*MinuteItem.Kind.values, "finns-inte"):
        for number, text in enumerate(texts):
            data = ((f"{KEY}-base", "0"), (f"{KEY}-text", text), (f"{KEY}-kind", kind), ("skrivare", "a"))
            yield PlannedRequest(who, "POST", f"/mitt/mote/{meeting}/rad/{KEY}/", None, data, f"{kind} {number}")
