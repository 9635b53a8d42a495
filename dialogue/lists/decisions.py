"""A list of decisions with § and date: what it says stands as «enligt listan», nobody's answer."""

import re
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from actors.models import Collaboration
from dialogue.lists.named_rows import (
    CHECK_BODY,
    CHECK_ISSUES,
    DIALOGUE,
    ask_dialogue,
    dialogue_of,
    known_body,
    named_issues,
    pages_of_issues,
    tell_dialogue,
    tell_public_pages,
    word_reader,
)
from dialogue.models import Issue, ListedDecision
from dialogue.rules.decisions import GIVEN, FormOfDecision, PartState
from ostberga.lib.refusal import Refusal
from surveys.lists.cells import read_past_day, read_several
from surveys.lists.declared import BadCell, Created, ListColumn, ListContext, ListKind, Values, check_length

_ANSWERS = {str(PartState(answer).label): answer.value for answer in GIVEN} | {
    "ja": "approved", "bifall": "approved", "bifallet": "approved", "beslutat": "approved", "antaget": "approved",
    "beviljat": "approved", "villkorat": "conditions", "nej": "refused", "avslag": "refused", "återremiss": "sent_back",
}  # fmt: skip
_FORMS = {str(form.label): form.value for form in FormOfDecision} | {
    "nämnd": "committee", "styrelse": "board", "delegation": "delegation", "överenskommelse": "accession",
}  # fmt: skip
# Columns whose cells are stored as they stand.
_PLAIN = ("instance", "paragraph", "registry_number", "delegation_item", "motivation", "conditions", "reservations")


def _read_paragraph(cell: str) -> str:
    """Return the number without §, which pages write before it."""
    number = re.sub(r"^(§|par(agraf)?\b\.?|\s)+", "", cell, flags=re.IGNORECASE)
    if not number:
        raise BadCell(f"«{cell[:30]}» har inget nummer.")
    return check_length(number, 60)


def _create(context: ListContext, values: Values) -> Created:
    dialogue = dialogue_of(context, values)
    told: dict[str, Any] = {name: values.get(name, "") for name in _PLAIN}
    told |= {"title": values["title"], "organisation": known_body(context, values["organisation"])}
    told |= {"decided_on": values["decided_on"], "form": values.get("form", "")}
    told["answer"] = values.get("answer", PartState.APPROVED.value)
    issues = named_issues(context, values, values.get("issues", ()))[0]
    twin = ListedDecision.objects.filter(dialogue=dialogue, **told).first()
    if twin is not None:
        _refuse_more_issues(twin, issues)
        return Created(twin, is_new=False)
    decision = ListedDecision.objects.create(dialogue=dialogue, source=context.source, entered_by=context.by, **told)
    decision.issues.set(issues)
    return Created(decision)


def _refuse_more_issues(twin: ListedDecision, issues: list[Issue]) -> None:
    """Raise Refusal if the same decision stands without an issue of the row: its body may have confirmed it so."""
    beyond = [str(issue) for issue in issues if issue not in twin.issues.all()]
    if beyond:
        raise Refusal(
            f"Beslutet finns redan, men inte under {', '.join(f'«{title}»' for title in beyond)}. Skriv alla dess "
            "sakfrågor på en rad. Är det redan intaget, ta först bort det under Beslut enligt listor.",
            code="other_issues",
        )


def _lead_to(collaboration: Collaboration, decisions: Sequence[ListedDecision]) -> list[tuple[str, str]]:
    listed = ("Beslut enligt listor", reverse("coordinate:listed", args=[collaboration.slug, "beslut"]))
    issues = Issue.objects.filter(listed_decisions__in=decisions).distinct()
    return [listed, *pages_of_issues(collaboration, issues)]


def _take_back(decision: ListedDecision) -> None:
    decision.delete()
    decision.dialogue.collaboration.bump_public_version()


DECISIONS = ListKind(
    key="beslut",
    title="Beslut",
    unit="beslut",
    help=(
        "En rad för varje organisations beslut. De visas som «enligt listan», också för boende när sakfrågan är "
        "offentlig. De är inga svar från organisationen, och inget kan börja under dem."
    ),
    columns=(
        ListColumn(
            "title", "Beslut", frozenset({"rubrik", "titel", "ärende", "ärendemening", "vad"}), is_required=True,
            longest=300,
        ),
        ListColumn(
            "organisation", "Organisation", frozenset({"beslutande", "förvaltning", "bolag", "vem", "part"}),
            is_required=True,
        ),
        ListColumn(
            "decided_on", "Beslutsdag", frozenset({"datum", "beslutsdatum", "dag", "beslutat"}), is_required=True,
            read=read_past_day,
        ),
        ListColumn("form", "Form", frozenset({"beslutsform", "slag"}), read=word_reader(
            _FORMS, "delegationsbeslut, verkställighet, myndighetsbeslut, anslutning till överenskommelse, "
            "nämndbeslut, styrelsebeslut",
        )),
        ListColumn("answer", "Svar", frozenset({"utfall", "resultat", "vad det blev"}), read=word_reader(
            _ANSWERS, "godkänt, godkänt med villkor, avslaget, återremitterat. Ta bara med det som är beslutat",
        )),
        ListColumn("instance", "Instans", frozenset({"nämnd", "styrelse"}), longest=160),
        ListColumn("paragraph", "Paragraf", frozenset({"§", "par", "paragrafer"}), read=_read_paragraph),
        ListColumn("registry_number", "Diarienummer", frozenset({"dnr", "diarienr", "dnr."}), longest=60),
        ListColumn("delegation_item", "Punkt i delegationsordningen", frozenset({"delegationspunkt"}),
                   longest=60),
        ListColumn("motivation", "Motivering", frozenset({"skäl", "varför"})),
        ListColumn("conditions", "Villkor"),
        ListColumn("reservations", "Reservationer", frozenset({"reservation"})),
        DIALOGUE,
        ListColumn("issues", "Sakfrågor", frozenset({"sakfråga", "fråga", "frågor"}), read=read_several),
    ),
    model=ListedDecision,
    create=_create,
    take_back=_take_back,
    checks=(CHECK_BODY, CHECK_ISSUES),
    asks=ask_dialogue,
    tell=tell_dialogue,
    lead_to=_lead_to,
    prepare=tell_public_pages,
    shows_source=True,
)  # fmt: skip
