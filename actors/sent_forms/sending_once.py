"""Carries out what was sent from one rendering of a page once, however often it is sent."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from actors.models import SentForm
from actors.sent_forms.sealing import hashed, seal, unseal
from ostberga.lib.web.form_tokens import FIELD, FormToken

REMEMBERED_FOR = dt.timedelta(days=7)
# What differs between two sends of the same words.
_NO_WORDS = frozenset({FIELD, "csrfmiddlewaretoken"})
# Of two at once, the second waits at the unique index for the first one's transaction.
_SQL = """
    INSERT INTO actors_sentform (act_hash, rendering_hash, outcome, sent_on) VALUES (%s, %s, '', %s)
    ON CONFLICT (act_hash) DO NOTHING RETURNING id
"""


@dataclass(frozen=True)
class Act:
    """Something that was asked for from a rendering: where it was sent, with which words and files."""

    rendering: str
    path: str
    words: str

    @property
    def act_hash(self) -> str:
        """The hash that is stored. The rendering's key, which is not, keeps the words from being guessed."""
        return hashed("act", f"{self.rendering}:{self.path}:{self.words}")

    @property
    def rendering_hash(self) -> str:
        """The hash of the rendering and the address: what other words from the same form share."""
        return hashed("rendering", f"{self.rendering}:{self.path}")


@dataclass(frozen=True)
class EarlierOutcome:
    """What the same act led to before: an address, and whether something else was sent from the page since."""

    address: str
    is_latest: bool


def read_act(request: HttpRequest, token: FormToken) -> Act:
    """Return what the request asks for."""
    digest = hashlib.sha256()
    pairs = [(name, values) for name, values in sorted(request.POST.lists()) if name not in _NO_WORDS]
    digest.update(json.dumps(pairs).encode())
    for name, file in ((name, file) for name, files in sorted(request.FILES.lists()) for file in files):
        digest.update(f"{name}:{file.name}:{file.size}".encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return Act(token.rendering, request.path, digest.hexdigest())


def claim(act: Act) -> EarlierOutcome | None:
    """Note that the act is being done, and return None; or return the outcome if it has been done. In a transaction.

    Waits for another request that is doing the same act. If that fails, this one does it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [act.act_hash, act.rendering_hash, timezone.localdate()])
        if cursor.fetchone() is not None:
            return None
    row = SentForm.objects.get(act_hash=act.act_hash)
    later = SentForm.objects.filter(rendering_hash=act.rendering_hash, pk__gt=row.pk)
    return EarlierOutcome(unseal(act.rendering, row.outcome), is_latest=not later.exists())


def record(act: Act, address: str) -> None:
    """Store where the claimed act led."""
    SentForm.objects.filter(act_hash=act.act_hash).update(outcome=seal(act.rendering, address))


def release(act: Act) -> None:
    """Take the claim back: nothing was done, or its answer is a part of the page that leads nowhere (htmx).

    What htmx sends must therefore be a verb that does nothing the second time (a test of the house lists the forms).
    """
    SentForm.objects.filter(act_hash=act.act_hash).delete()


def forget_old() -> int:
    """Delete acts of last week and before, and return how many."""
    return SentForm.objects.filter(sent_on__lt=timezone.localdate() - REMEMBERED_FOR).delete()[0]
