"""View model of the workbench: the open text, the statement under review, and related data."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, helped_collaboration_of
from actors.rules.rights import CODE
from actors.security_log.recording import Kind, record
from ostberga.lib.web.htmx import render_page
from surveys.coding.forms.coding import AttachForm, KeepBackForm, QueueFilterForm, SplitTextForm
from surveys.coding.forms.reviewing import ReviewForm
from surveys.coding.reading_queue import limited_reader
from surveys.coding.views.queue_panel import QueuePanel
from surveys.models import Attachment, CodingEvent, Perspective, Statement
from surveys.redaction.detection import DangerSign, find_danger_signs, find_identifiers
from surveys.redaction.segments import CutSpan, Segment, build_segments, remaining_text
from surveys.statements import cutting
from surveys.statements.search import search_perspectives
from surveys.statements.sources import KINDS, Source, cut_spans, find_source
from surveys.statements.undoing import latest_undoable

HITS = 6
PARTS = ("_coding_attachments", "_coding_hits")


class Workbench:
    """The workbench with one open text."""

    def __init__(self, request: SignedInRequest, slug: str, kind: str, pk: UUID) -> None:
        self.request, self.collaboration = request, helped_collaboration_of(request, slug, CODE)
        source = find_source(self.collaboration, kind, pk) if kind in KINDS else None
        if source is None or not CODE.covers(request.user, source.row):
            raise Http404
        self.source = source
        self.coder = limited_reader(self.collaboration, request.user)
        self.filter_form = QueueFilterForm(self.collaboration, request.GET, self.coder)

    @cached_property
    def statements(self) -> list[Statement]:
        """The statements of the text, in order."""
        return list(self.source.statements.select_related("wave__survey__collaboration", "reviewed_by"))

    @cached_property
    def statement(self) -> Statement | None:
        """The statement under review: the requested one, else the first that awaits review, else the first."""
        asked = self.request.POST.get("utsaga", self.request.GET.get("utsaga", ""))
        chosen = [statement for statement in self.statements if str(statement.pk) == asked]
        if asked and not chosen:
            raise Http404
        waiting = [statement for statement in self.statements if statement.state == Statement.State.RAW]
        return next(iter(chosen or waiting or self.statements[:1]), None)

    @property
    def is_draft(self) -> bool:
        """Whether it is an untouched answer; its statement is created by the first action on it."""
        return self.source.is_answer and not self.statements

    def subject(self) -> Statement:
        """Return the statement to act on, created first for an untouched answer."""
        return self.statement or cutting.get_or_create_whole(source=self.source, by=self.request.user)

    @property
    def query(self) -> str:
        """The queue filter as a query string."""
        chosen = {name: self.request.GET.get(name, "") for name in ("omgang", "lage", "slag", "sprak")}
        return "&".join(f"{name}={value}" for name, value in chosen.items() if value.isalnum())

    @cached_property
    def attached(self) -> list[Perspective]:
        """The perspectives the statement is attached to, with merges resolved."""
        if self.statement is None:
            return []
        attachments = (
            Attachment.objects.current().filter(statement=self.statement).select_related("perspective__merged_into")
        )
        perspectives = [attachment.perspective.current for attachment in attachments.order_by("attached_at", "pk")]
        return list(dict.fromkeys(perspectives))

    @property
    def typed(self) -> str:
        """The text in the search box for perspectives."""
        return self.request.GET.get("koppla", "").strip()

    @cached_property
    def hits(self) -> list[Perspective]:
        """The perspectives found; with an empty search box, those this user attached last, and then others."""
        standing = Perspective.objects.standing().filter(collaboration=self.collaboration)
        standing = standing.exclude(pk__in=[perspective.pk for perspective in self.attached])
        if self.typed:
            return list(search_perspectives(standing, self.typed)[:HITS])
        known = standing.in_bulk(self._used)
        recent = [known[key] for key in self._used if key in known][:HITS]
        return recent + list(standing.exclude(pk__in=known)[: HITS - len(recent)])

    @property
    def has_used_some(self) -> bool:
        """Whether any of those that are shown with an empty search box are hers since before."""
        return not self.typed and any(perspective.pk in self._used for perspective in self.hits)

    @cached_property
    def _used(self) -> list[int]:
        """The keys of the perspectives that she attached last, the latest first."""
        mine = Attachment.objects.filter(attached_by=self.request.user, perspective__collaboration=self.collaboration)
        return list(dict.fromkeys(mine.order_by("-attached_at").values_list("perspective", flat=True)[:60]))

    @cached_property
    def cuts(self) -> list[CutSpan]:
        """The spans of the statements in the text."""
        return cut_spans(self.statements)

    @property
    def segments(self) -> list[Segment]:
        """The raw text as segments, with findings and statements marked."""
        cuts = [] if self.source.is_answer and len(self.statements) < 2 else self.cuts
        return build_segments(self.source.text, find_identifiers(self.source.text), cuts)

    @property
    def dangers(self) -> list[DangerSign]:
        """Signs of danger in the text."""
        return find_danger_signs(self.source.text)

    @property
    def left(self) -> str:
        """The text that has not become statements yet."""
        return remaining_text(self.source.text, self.cuts)

    @property
    def undo(self) -> CodingEvent | None:
        """The event that «Ångra» would undo."""
        return latest_undoable(collaboration=self.collaboration, user=self.request.user)

    def address(self, statement: Statement | None = None) -> str:
        """Return the URL of this text, with a statement open if given."""
        return workbench_url(self.collaboration, self.source, self.query, statement)

    def done(self, statement: Statement | None = None) -> HttpResponse:
        """Respond after an action: redirect, or the part that htmx asked for."""
        if getattr(self.request, "htmx", None):
            return Workbench.again(self.request, self, statement).show()
        return redirect(self.address(statement or self.statement))

    @classmethod
    def again(cls, request: SignedInRequest, workbench: "Workbench", statement: Statement | None) -> "Workbench":
        """Return a fresh workbench for the same text after a change."""
        fresh = cls(request, workbench.collaboration.slug, workbench.source.kind, workbench.source.row.pk)
        if statement is not None:
            fresh.statement = next(candidate for candidate in fresh.statements if candidate.pk == statement.pk)
        return fresh

    def show(self, status: int = 200, **forms: Any) -> HttpResponse:
        """Render the page; `forms` replace the empty ones after errors. That she read the text is logged."""
        record(Kind.READ_RAW_TEXT, by=self.request.user, on=self.source.row, collaboration=self.collaboration)
        context: dict[str, Any] = {
            "workbench": self,
            "queue": QueuePanel(self.collaboration, self.filter_form.queue_filter, self.source, self.query, self.coder),
            "coder": self.coder,
            "collaboration": self.collaboration,
            "review": ReviewForm(self.source, self.statement),
            "keep_back": KeepBackForm(initial={"seen": self.statement.version if self.statement else "raw:"}),
            "divide": SplitTextForm(initial={"delar": self.left}),
            "attaching": AttachForm(initial={"nytt": "Vi som "}),
        }
        return render_page(self.request, "surveys/coding/coding.html", {**context, **forms}, parts=PARTS, status=status)


def workbench_url(collaboration: Collaboration, source: Source, query: str, statement: Statement | None = None) -> str:
    """Return the URL of a text in the workbench."""
    address = reverse("coordinate:coding-source", args=[collaboration.slug, source.kind, source.row.pk])
    asked = "&".join(filter(None, [query, f"utsaga={statement.pk}" if statement else ""]))
    return f"{address}?{asked}" if asked else address
