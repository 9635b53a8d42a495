"""What search engines are told of: public pages in all languages, and which addresses they leave alone."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap, views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from dialogue.models import Dialogue, Issue, PublishedReport
from ostberga.lib.translations.languages import LANGUAGES
from ostberga.settings.environment import DEMO

# What is behind a sign-in or a secret link, or is one person's own.
LEFT_ALONE = ("samordna", "mitt", "konto", "admin", "kvitto", "folj", "battre", "atagande")


class _InAllLanguages(Sitemap[Any]):
    i18n, alternates, x_default, languages = True, True, True, LANGUAGES


class DialoguePages(_InAllLanguages):
    """The pages of each collaboration that has begun a dialogue, which is no demo."""

    names = ("dialogue:public", "dialogue:issues", "dialogue:results", "reports:list", "actors:partners", "actors:plan")

    def items(self) -> Sequence[tuple[str, str]]:
        """Return each page's URL name with the collaboration's slug."""
        begun = Dialogue.objects.current().filter(collaboration__is_demo=False)
        slugs = begun.values_list("collaboration__slug", flat=True).order_by("collaboration__slug").distinct()
        return [(name, slug) for slug in slugs for name in self.names]

    def location(self, item: tuple[str, str]) -> str:
        """Return the path in the active language."""
        return reverse(item[0], args=[item[1]])


class OwnDialoguePages(_InAllLanguages):
    """The pages of dialogues that stand below their names: several at once, and those that have ended."""

    def items(self) -> Sequence[tuple[Dialogue, str]]:
        """Return each dialogue with the URL names of its pages."""
        begun = Dialogue.objects.begun().filter(collaboration__is_demo=False).select_related("collaboration")
        named = begun.exclude(is_current=True, has_own_address=False).order_by("pk")
        return [(dialogue, page) for dialogue in named for page in ("public", "issues")]

    def location(self, item: tuple[Dialogue, str]) -> str:
        """Return the path in the active language."""
        return item[0].address(item[1])


class IssuePages(_InAllLanguages):
    """Issues that residents see."""

    def items(self) -> QuerySet[Issue]:
        """Return them with what their addresses need."""
        begun = Issue.objects.public().filter(dialogue__in=Dialogue.objects.begun())
        rows = begun.filter(dialogue__collaboration__is_demo=False)
        return rows.select_related("dialogue__collaboration").order_by("pk")


class ReportPages(_InAllLanguages):
    """Published reports."""

    def items(self) -> QuerySet[PublishedReport]:
        """Return those that stand."""
        rows = PublishedReport.objects.standing().filter(dialogue__collaboration__is_demo=False)
        return rows.select_related("dialogue__collaboration").order_by("pk")

    def location(self, item: PublishedReport) -> str:
        """Return the path in the active language."""
        return reverse("reports:report", args=[item.dialogue.collaboration.slug, item.slug])

    def lastmod(self, item: PublishedReport) -> dt.datetime:
        """Return when the edition came out."""
        return item.corrected_at or item.published_at


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of all public pages."""
    sections: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
        "samverkan": DialoguePages,
        "dialoger": OwnDialoguePages,
        "fragor": IssuePages,
        "rapporter": ReportPages,
    }
    return views.sitemap(request, sections)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone; everything in the demo."""
    paths = [f"{prefix}/{path}/" for prefix in ("", "/en", "/so", "/ar") for path in LEFT_ALONE]
    shut = ["/"] if DEMO else paths
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in shut)]
    lines += [] if DEMO else ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
