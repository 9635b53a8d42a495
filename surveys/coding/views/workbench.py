"""One view of the workbench: the text being read, the statement being reviewed, and what lies around them."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest, collaboration_of
from ostberga.lib.web.htmx import render_page
from surveys.coding.forms.coding import AttachForm, KeepBackForm, QueueFilterForm, SplitTextForm
from surveys.coding.forms.reviewing import ReviewForm
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
    """What the coordinator has in front of her."""

    def __init__(self, request: SignedInRequest, slug: str, kind: str, pk: UUID) -> None:
        self.request, self.collaboration = request, collaboration_of(request, slug)
        source = find_source(self.collaboration, kind, pk) if kind in KINDS else None
        if source is None:
            raise Http404
        self.source = source
        self.choices = QueueFilterForm(self.collaboration, request.GET)

    @cached_property
    def statements(self) -> list[Statement]:
        """What has been cut out of the text, in its order."""
        return list(self.source.statements.select_related("wave__survey__collaboration", "reviewed_by"))

    @cached_property
    def statement(self) -> Statement | None:
        """The one being reviewed: the one asked for, else the first that waits, else the only one there is."""
        asked = self.request.POST.get("utsaga", self.request.GET.get("utsaga", ""))
        chosen = [each for each in self.statements if str(each.pk) == asked]
        if asked and not chosen:
            raise Http404
        waiting = [each for each in self.statements if each.state == Statement.State.RAW]
        return next(iter(chosen or waiting or self.statements[:1]), None)

    @property
    def is_draft(self) -> bool:
        """An answer nobody has touched: all of it is the statement, made when something is done with it."""
        return self.source.is_answer and not self.statements

    def subject(self) -> Statement:
        """The statement to do something with, made first if it is all of an answer that nobody has touched."""
        return self.statement or cutting.get_or_create_whole(source=self.source, by=self.request.user)

    @property
    def query(self) -> str:
        """What was chosen to read, for addresses."""
        chosen = {name: self.request.GET.get(name, "") for name in ("omgang", "lage", "slag", "sprak")}
        return "&".join(f"{name}={value}" for name, value in chosen.items() if value.isalnum())

    @cached_property
    def attached(self) -> list[Perspective]:
        """The perspectives the statement rests on today."""
        if self.statement is None:
            return []
        there = Attachment.objects.current().filter(statement=self.statement).select_related("perspective__merged_into")
        found = [each.perspective.current for each in there.order_by("attached_at", "pk")]
        return list(dict.fromkeys(found))

    @property
    def typed(self) -> str:
        """What was written in the box where perspectives are looked up."""
        return self.request.GET.get("koppla", "").strip()

    @property
    def hits(self) -> list[Perspective]:
        """The perspectives found; before anything is typed, the ones this person used last."""
        standing = Perspective.objects.standing().filter(collaboration=self.collaboration)
        standing = standing.exclude(pk__in=[each.pk for each in self.attached])
        if self.typed:
            return list(search_perspectives(standing, self.typed)[:HITS])
        mine = Attachment.objects.filter(attached_by=self.request.user, perspective__collaboration=self.collaboration)
        keys = list(dict.fromkeys(mine.order_by("-attached_at").values_list("perspective", flat=True)[:60]))
        recent = standing.in_bulk(keys)
        return [recent[key] for key in keys if key in recent][:HITS] or list(standing[:HITS])

    @cached_property
    def cuts(self) -> list[CutSpan]:
        """Where in the text the statements stand."""
        return cut_spans(self.statements)

    @property
    def segments(self) -> list[Segment]:
        """The raw text, with what may point somebody out and what has been cut out."""
        shown = [] if self.source.is_answer and len(self.statements) < 2 else self.cuts
        return build_segments(self.source.text, find_identifiers(self.source.text), shown)

    @property
    def dangers(self) -> list[DangerSign]:
        """Words that ask for a person's eyes soon."""
        return find_danger_signs(self.source.text)

    @property
    def left(self) -> str:
        """What of the text has not become statements yet."""
        return remaining_text(self.source.text, self.cuts)

    @property
    def undo(self) -> CodingEvent | None:
        """What «ångra» would take back."""
        return latest_undoable(collaboration=self.collaboration, by=self.request.user)

    def address(self, statement: Statement | None = None) -> str:
        """This text on the workbench, with one of its statements open."""
        return workbench_url(self.collaboration, self.source, self.query, statement)

    def done(self, statement: Statement | None = None) -> HttpResponse:
        """After something was done: the page again, or the part that htmx asked for."""
        if getattr(self.request, "htmx", None):
            return Workbench.again(self.request, self, statement).show()
        return redirect(self.address(statement or self.statement))

    @classmethod
    def again(cls, request: SignedInRequest, bench: "Workbench", statement: Statement | None) -> "Workbench":
        """The same text as it is after a change."""
        fresh = cls(request, bench.collaboration.slug, bench.source.kind, bench.source.row.pk)
        if statement is not None:
            fresh.statement = next(each for each in fresh.statements if each.pk == statement.pk)
        return fresh

    def show(self, status: int = 200, **forms: Any) -> HttpResponse:
        """The page, with forms as they were typed where something was not done."""
        context: dict[str, Any] = {
            "bench": self,
            "queue": QueuePanel(self.collaboration, self.choices.wanted, self.source, self.query),
            "collaboration": self.collaboration,
            "review": ReviewForm(self.source, self.statement),
            "keep_back": KeepBackForm(initial={"seen": self.statement.version if self.statement else "raw:"}),
            "divide": SplitTextForm(initial={"delar": self.left}),
            "attaching": AttachForm(initial={"nytt": "Vi som "}),
        }
        return render_page(self.request, "surveys/coding/coding.html", {**context, **forms}, parts=PARTS, status=status)


def workbench_url(collaboration: Collaboration, source: Source, query: str, statement: Statement | None = None) -> str:
    """Where a text is worked on."""
    address = reverse("coordinate:coding-source", args=[collaboration.slug, source.kind, source.row.pk])
    asked = "&".join(filter(None, [query, f"utsaga={statement.pk}" if statement else ""]))
    return f"{address}?{asked}" if asked else address
