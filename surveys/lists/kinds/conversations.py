"""Conversations that were held: when, where, with how many, and what was said."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.urls import reverse

from actors.models import Collaboration
from ostberga.lib.refusal import Refusal
from surveys.collecting.interviewing import register_interview
from surveys.importing.columns.cell_values import read_language
from surveys.importing.places import wave_on
from surveys.lists.cells import read_number, read_past_day
from surveys.lists.declared import BadCell, Created, ListColumn, ListContext, ListKind, RowCheck, Values
from surveys.models import Interview, Wave
from surveys.rules.questions import MAX_LENGTH
from surveys.rules.roles import Role

_NAMESPACE = UUID("6a4c1c4e-92a1-4f0d-8b5e-2f4f2f4b7c11")
_MODES = {str(mode.label): mode.value for mode in Interview.Mode} | {
    "enskilt": "individual", "intervju": "individual", "grupp": "group", "fokusgrupp": "group",
    "telefon": "phone", "möte": "meeting", "trygghetsvandring": "walk",
}  # fmt: skip
_PEOPLE = {
    "resident": ("Boende", {"boende", "antal boende"}),
    "elected": ("Förtroendevalda", {"förtroendevalda", "politiker"}),
    "official": ("Tjänstepersoner", {"tjänstepersoner", "tjänstemän"}),
    "business": ("Näringsliv", {"näringsliv", "företagare"}),
    "association": ("Föreningar", {"föreningar", "förening"}),
    "unknown": ("Antal", {"antal", "antal deltagare", "deltagare", "antal personer", "okänd roll"}),
}


def _read_mode(cell: str) -> str:
    mode = _MODES.get(" ".join(cell.casefold().split()))
    if mode is None:
        raise BadCell(f"«{cell[:30]}» är inget av {', '.join(str(known.label) for known in Interview.Mode)}.")
    return mode


def _heard(values: Values) -> dict[str, int]:
    return {role: values[f"heard_{role}"] for role in _PEOPLE if values.get(f"heard_{role}")}


def _check(_context: ListContext, values: Values) -> list[str]:
    return [] if _heard(values) else ["Skriv hur många som var med, åtminstone en."]


def _create(context: ListContext, values: Values) -> Created:
    wave = context.wave
    if wave is None:
        raise Refusal("Välj en omgång.", code="no_wave")
    waves = context.made.setdefault("waves", list(Wave.objects.filter(survey=wave.survey_id).to_write_in()))
    stored = register_interview(
        wave=wave_on(values["held_on"], waves) or wave,
        by=context.by,
        submission=uuid5(_NAMESPACE, str(wave.survey_id)),
        mode=values.get("mode", Interview.Mode.INDIVIDUAL),
        place=values.get("place", ""),
        language=values.get("language", "sv"),
        held_on=values["held_on"],
        heard=_heard(values),
        notes=values["notes"],
    )
    return Created(stored.interview, stored.is_new)


def _lead_to(collaboration: Collaboration, _talks: Sequence[Interview]) -> list[tuple[str, str]]:
    return [("Samtal", reverse("coordinate:interviews", args=[collaboration.slug]))]


def _delete(interview: Interview) -> None:
    interview.delete()  # with who was heard


CONVERSATIONS = ListKind(
    key="samtal",
    title="Samtal",
    unit="samtal",
    help="En rad för varje samtal. Dagen bestämmer vilken omgång det hör till. Skriv aldrig namn.",
    columns=(
        ListColumn("held_on", "Datum", frozenset({"dag", "när"}), is_required=True, read=read_past_day),
        ListColumn(
            "notes",
            "Anteckningar",
            frozenset({"anteckning", "vad sades", "text"}),
            is_required=True,
            longest=MAX_LENGTH,
        ),
        ListColumn("mode", "Sätt", frozenset({"form", "typ", "slag"}), read=_read_mode),
        ListColumn("place", "Plats", frozenset({"område", "var"}), longest=120),
        ListColumn("language", "Språk", read=read_language),
        *(
            ListColumn(f"heard_{Role(role).value}", label, frozenset(words), read=read_number)
            for role, (label, words) in _PEOPLE.items()
        ),
    ),
    model=Interview,
    create=_create,
    take_back=_delete,
    checks=(RowCheck(frozenset(f"heard_{Role(role).value}" for role in _PEOPLE), _check),),
    lead_to=_lead_to,
    needs_wave=True,
)
