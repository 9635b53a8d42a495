"""Keeps what was typed in a form that could not be received, and gives it back to the account that typed it."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from actors.models import KeptWords
from actors.sent_forms.sealing import Unreadable, hashed, seal, unseal
from actors.sent_forms.typed_texts import texts_in
from ostberga.lib.privacy.client_key import client_key
from ostberga.lib.privacy.rate_limit import count
from ostberga.lib.web.form_tokens import FIELD, KEPT, FormToken, account_of_request

# Together with a sweep every five minutes: never an hour.
KEPT_FOR = dt.timedelta(minutes=50)
# Bytes, and how many forms in ten minutes. Who is not signed in may keep less, since anybody can get such a form, and
# send it with as many cookies as she likes. A class of thirty behind one address keep theirs.
MOST, MOST_OF_A_STRANGER = 2_000_000, 40_000
FORMS_OF_A_STRANGER, WINDOW = 40, 600
NEVER_KEPT = re.compile(r"passw|losen|^(?:code|kod|credential|csrfmiddlewaretoken)$", re.I)
_PURPOSE = "kept words"


@dataclass(frozen=True)
class TypedForm:
    """A form as it was sent, without passwords, codes and files."""

    account: str
    page: str
    action: str  # the path it was sent to
    words: Mapping[str, list[str]]
    had_files: bool = False
    why: str = ""  # the reason code, for the notice
    browser: str = ""  # what tells the browser, where there is no account
    client: str = ""  # today's number of the client, where there is no account

    @property
    def has_words(self) -> bool:
        """Whether there is anything that looks typed, rather than pressed or hidden."""
        return bool(texts_in(self.words))

    @property
    def may_be_kept(self) -> bool:
        """Whether it is an account's, or was sent by a page to itself from a browser that can be told from others.

        Anybody can take a token of a page without sign-in, and send it anywhere with words of her own.
        """
        return bool(self.account or (self.browser and self.is_of_page(self.action)))

    def is_of_page(self, path: str) -> bool:
        """Whether the form stood on the page with this path."""
        return self.page.partition("?")[0] == path


def read_form(request: HttpRequest, token: FormToken) -> TypedForm:
    """Return what the request sent. Read before the view, which may replace the request's own data."""
    words = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name != FIELD and not NEVER_KEPT.search(name)
    }
    typed = TypedForm(token.account, token.plain_page, request.path, words, had_files=bool(request.FILES))
    return typed if token.account else replace(typed, browser=_browser_of(request), client=client_key(request))


def keep(typed: TypedForm, key: str) -> bool:
    """Keep the form under the key, in place of what the same rendering kept before.

    False if it may not, is long, or is one too many of a client that is not signed in.
    """
    sealed = json.dumps(asdict(replace(typed, browser="", client="")), ensure_ascii=False)
    if not typed.may_be_kept or len(sealed.encode()) > (MOST if typed.account else MOST_OF_A_STRANGER):
        return False
    if not typed.account and count("kept-words", typed.client, seconds=WINDOW) > FORMS_OF_A_STRANGER:
        return False
    key += typed.browser
    row = KeptWords(key_hash=hashed(_PURPOSE, key), sealed=seal(key, sealed), kept_at=timezone.now())
    KeptWords.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["key_hash"], update_fields=["sealed", "kept_at"]
    )
    return True


def find(request: HttpRequest, key: str) -> TypedForm | None:
    """Return the form kept under the key; None for any other account than the one it was shown to.

    Without an account: None in any other browser, and on any other page.
    """
    account = account_of_request(request)
    key += "" if account else _browser_of(request)
    row = KeptWords.objects.filter(key_hash=hashed(_PURPOSE, key), kept_at__gt=timezone.now() - KEPT_FOR).first()
    if row is None:
        return None
    try:
        typed = TypedForm(**json.loads(unseal(key, row.sealed)))
    except (Unreadable, ValueError, TypeError):
        return None
    is_theirs = typed.account == account and (account or typed.is_of_page(request.path))
    return typed if is_theirs else None


def words_of(request: HttpRequest) -> QueryDict | None:
    """Return the kept words that the address names (`?kvar=`), for a page that shows its second step by them."""
    key = request.GET.get(KEPT)
    typed = find(request, key) if key else None
    if typed is None:
        return None
    words = QueryDict(mutable=True)
    for name, values in typed.words.items():
        words.setlist(name, list(values))
    return words


def forget(key: str) -> None:
    """Forget what was kept under the key, once it has been sent."""
    KeptWords.objects.filter(key_hash=hashed(_PURPOSE, key)).delete()


def forget_old() -> int:
    """Delete what nobody came back for, and return how many rows."""
    return KeptWords.objects.filter(kept_at__lte=timezone.now() - KEPT_FOR).delete()[0]


def _browser_of(request: HttpRequest) -> str:
    """Return the CSRF cookie, which no other browser has; empty for one without cookies."""
    return request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")[:64]
