"""How the installation is, for its administrator: its servers and its letters, and nothing that anybody said."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actors.letters import outbox
from actors.mandates.obstacles import ADMINISTRATOR
from actors.models import Letter, User
from ostberga.lib.refusal import Refusal
from ostberga.lib.servers.redis_client import answers, cache_client, redis_client

MAIL_TEST = "mail-test"
# A letter that should have gone so long ago says that nobody sends letters.
PATIENCE = dt.timedelta(minutes=10)
TESTS_A_DAY = 10


@dataclass(frozen=True)
class Condition:
    """One thing about the installation: how it is, and what to do when it is not well."""

    name: str
    is_well: bool
    words: str


def conditions() -> list[Condition]:
    """How the queue, the cache and the letters are. Three queries, and a question to each server."""
    queue, cache = answers(redis_client()), answers(cache_client())
    late = Letter.objects.filter(state=Letter.State.WAITING, send_after__lt=timezone.now() - PATIENCE).count()
    failed = Letter.objects.filter(state=Letter.State.FAILED, collaboration=None).count()
    last = Letter.objects.filter(state=Letter.State.SENT).order_by("-sent_at").values_list("sent_at", flat=True).first()
    sent = f"Det senaste brevet gick {timezone.localtime(last):%Y-%m-%d %H:%M}." if last else "Inget brev har gått än."
    return [
        Condition("Databas", True, "Den svarar."),
        Condition("Kö", queue, "Den svarar." if queue else "Den svarar inte. Brev och rapporter dröjer."),
        Condition("Mellanlager", cache, "Det svarar." if cache else "Det svarar inte. Sidorna är långsammare."),
        Condition(
            "Brev", not late, f"{late} brev skulle ha gått. Körs brevarbetaren och schemat?" if late else f"{sent}"
        ),
        Condition("Brev utan samverkan", not failed, f"{failed} kom inte iväg." if failed else "Alla har gått."),
        Condition("Avsändare", bool(settings.EMAIL_FROM), f"Breven går från {settings.EMAIL_FROM}."),
    ]


def last_mail_test(user: User) -> Letter | None:
    """The newest test letter to this person, without its content."""
    return Letter.objects.filter(kind=MAIL_TEST, to=user.email).defer("sealed").order_by("-written_at").first()


@transaction.atomic
def test_mail(*, by: User) -> Letter:
    """Send the administrator a letter, by the way that all letters go. Raises Refusal for everybody else."""
    if not (by.is_active and by.is_superuser):
        raise Refusal("Bara administratören provar breven.", who=ADMINISTRATOR, code="may_not")
    since = timezone.now() - dt.timedelta(days=1)
    if Letter.objects.filter(kind=MAIL_TEST, to=by.email, written_at__gt=since).count() >= TESTS_A_DAY:
        raise Refusal(f"Du har provat {TESTS_A_DAY} gånger i dag. Vänta till i morgon.", code="flood")
    text = f"Hej!\n\nDet här är ett prov från {settings.SITE_URL}. Kom det fram går breven som de ska.\n"
    return outbox.post(kind=MAIL_TEST, to=by.email, subject="Prov: går breven fram?", text=text)
