"""URL patterns by audience: the pages of each kind of list."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.lists import views
from surveys.lists.declared import ListKind
from surveys.lists.kinds.codebook import CODEBOOK
from surveys.lists.kinds.contacts import CONTACTS
from surveys.lists.kinds.conversations import CONVERSATIONS
from surveys.lists.kinds.statements import STATEMENTS


def pages_of(kind: ListKind) -> UrlPatterns:
    """Return the pages of a kind: rows, dry run, stored, taken back."""
    base, name, options = f"ta-med/{kind.key}/", f"bring-{kind.key}", {"kind": kind}
    return [
        path(base, views.bring, options, name=name),
        path(f"{base}spara/", views.store, options, name=f"{name}-store"),
        path(f"{base}<uuid:pk>/", views.show, options, name=f"{name}-done"),
        path(f"{base}<uuid:pk>/ta-tillbaka/", views.take_back, options, name=f"{name}-take-back"),
    ]


coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    *pages_of(CONVERSATIONS),
    *pages_of(STATEMENTS),
    *pages_of(CODEBOOK),
    *pages_of(CONTACTS),
]
