"""Leads on to where a page is now: from addresses that it had, and from those that people copy off a poster or type."""

import unicodedata
from collections.abc import Callable, Sequence
from urllib.parse import quote

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.text import slugify

from actors.models import Collaboration
from actors.rules.reserved_slugs import RESERVED_SLUGS
from dialogue.models import Dialogue, Issue
from dialogue.models.dialogue import DialogueQuerySet
from dialogue.models.issue import IssueQuerySet
from ostberga.lib.translations.languages import LANGUAGES, SOURCE
from surveys.models import Channel

GetResponse = Callable[[HttpRequest], HttpResponse]

# What stands around an address in a sentence, and came along.
AROUND = " \t\r\n\u00a0.,;:!?()[]{}<>«»\"'”’…"
LONGEST = 300


class LeadingOnMiddleware:
    """Answers a 404 with 301 to the page's present address, if there is one; a form is sent there again (308).

    Only addresses of our own are told, and none of what is hidden. Browsers do not keep the answer: what once had an
    address may take it back, and two kept answers would lead round in a circle.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or len(request.path_info) > LONGEST:
            return response
        present = find_present_address(request.path_info)
        if present is None or present == request.path_info:
            return response
        query = request.META.get("QUERY_STRING", "")
        onward = HttpResponsePermanentRedirect(f"{quote(present)}{f'?{query}' if query else ''}")
        if request.method not in {"GET", "HEAD"}:
            onward.status_code = 308
        onward.headers["Cache-Control"] = "no-cache"
        return onward


def find_present_address(path: str) -> str | None:
    """Return the path that this one should have been, or None. Whoever asks for that path gets the same path back."""
    parts = [part for part in unicodedata.normalize("NFC", path).split("/") if part.strip(AROUND)]
    language = parts.pop(0).lower() if parts and parts[0].lower() in LANGUAGES else SOURCE
    if not parts:
        return None
    parts[-1] = parts[-1].strip(AROUND)
    with translation.override(language):
        present = _present(slugify(parts[0]), parts[1:])
        return present if present is not None and _leads_somewhere(present) else None


def _present(first: str, rest: Sequence[str]) -> str | None:
    if first == "svara" and len(rest) == 1:
        code = rest[0].strip(AROUND).lower()
        return reverse("answer", args=[code]) if Channel.objects.filter(code=code).exists() else None
    if first == "samordna" and rest:
        place = _collaboration(rest[0])
        return f"/samordna/{'/'.join([place.slug, *rest[1:]])}/" if place else None
    if first in RESERVED_SLUGS:
        return _joined(reverse("front"), first, rest)  # the rest may be a secret link, where case matters
    place = _collaboration(first)
    return _in_collaboration(place, [part.lower() for part in rest]) if place else None


def _collaboration(typed: str) -> Collaboration | None:
    slug = slugify(typed)
    places = Collaboration.objects.filter(Q(slug=slug) | Q(former_addresses__slug=slug))
    return places.distinct().first()


def _in_collaboration(place: Collaboration, rest: Sequence[str]) -> str | None:
    """The page of a collaboration; an issue and a dialogue are looked for where they stand now."""
    match rest:
        case ["dialog", name, *more]:
            return _in_dialogue(_dialogues(place).filter(slug=name).first(), more)
        case ["tidigare", number, *more]:
            return _in_dialogue(_dialogues(place).filter(pk=_key(number)).first(), more)
        case ["fragor", slug, *more]:
            issue = _issues(place, slug).order_by("-dialogue__is_current", "-dialogue__ended_on").first()
            return _issue_address(issue, more) if issue else None
    return _joined(reverse("front"), place.slug, rest)


def _in_dialogue(dialogue: Dialogue | None, rest: Sequence[str]) -> str | None:
    """The page of a dialogue, or of one of its issues, where it stands now."""
    if dialogue is None:
        return None
    match rest:
        case []:
            return dialogue.get_absolute_url()
        case ["fragor"]:
            return dialogue.get_issues_url()
        case ["fragor", slug, *more]:
            issue = _issues(dialogue.collaboration, slug).filter(dialogue=dialogue).first()
            return _issue_address(issue, more) if issue else None
    return None


def _issue_address(issue: Issue, more: Sequence[str]) -> str:
    """The page of an issue, or one below it."""
    page = issue.get_absolute_url()
    return f"{page}{'/'.join(more)}/" if more else page


def _issues(place: Collaboration, slug: str) -> IssueQuerySet:
    begun = Issue.objects.public().filter(dialogue__in=_dialogues(place))
    return begun.addressed(slug).select_related("dialogue__collaboration")


def _dialogues(place: Collaboration) -> DialogueQuerySet:
    return Dialogue.objects.begun().filter(collaboration=place).select_related("collaboration")


def _key(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


def _joined(front: str, first: str, rest: Sequence[str]) -> str:
    """The path below the front page of the language. Only pages end with a slash, not files."""
    is_file = bool(rest) and "." in rest[-1]
    return f"{front}{'/'.join([first, *rest])}{'' if is_file else '/'}"


def _leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
