"""The codebook: themes and perspectives, and perspectives that stand against each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from actors.models import Collaboration
from ostberga.lib.tables.model_columns import field_column
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, listed_rows, queryset_rows
from ostberga.lib.translations.languages import LANGUAGES, SWEDISH_NAMES
from surveys.models import Perspective, Polarity, Theme, ThemePerspective


@dataclass(frozen=True)
class CodebookRow:
    """A perspective in a theme; a perspective without theme and a theme without perspectives have their rows too."""

    theme: Theme | None
    perspective: Perspective | None


def _codebook(collaboration: Collaboration) -> TableRows[CodebookRow]:
    return listed_rows(list(_rows(collaboration)))


def _rows(collaboration: Collaboration) -> Iterator[CodebookRow]:
    in_use = ThemePerspective.objects.filter(theme__collaboration=collaboration)
    placed = list(
        in_use.select_related("theme", "perspective__merged_into").order_by(
            "theme__position", "theme__pk", "position", "pk"
        )
    )
    yield from (CodebookRow(row.theme, row.perspective) for row in placed)
    themes = Theme.objects.filter(collaboration=collaboration).exclude(placements__isnull=False)
    yield from (CodebookRow(theme, None) for theme in themes)
    loose = Perspective.objects.filter(collaboration=collaboration, placements__isnull=True)
    yield from (CodebookRow(None, perspective) for perspective in loose.select_related("merged_into"))


def _opposites(collaboration: Collaboration) -> TableRows[Polarity]:
    ours = Q(one__collaboration=collaboration)
    return queryset_rows(Polarity.objects.filter(ours).select_related("one", "other").order_by("pk"))


def _perspective_title(language: str) -> ExportColumn[CodebookRow]:
    name = "Perspektiv" if language == "sv" else f"Perspektiv ({SWEDISH_NAMES[language]})"
    return ExportColumn(
        name,
        "I vi-form: «Vi som …».",
        lambda row: row.perspective.title.get(language, "") if row.perspective else None,
        CellType.LONG_TEXT,
        "" if language == "sv" else language,
    )


CODEBOOK: ExportTable[CodebookRow] = ExportTable(
    slug="kodbok",
    title="Kodbok",
    about="Teman och perspektiv, en rad för varje perspektiv i ett tema. Ordningen säger inget om vikt.",
    columns=(
        ExportColumn("Tema", "Kort namn.", lambda row: str(row.theme) if row.theme else None),
        ExportColumn(
            "Om temat",
            "Vad temat rymmer.",
            lambda row: row.theme.description if row.theme else None,
            CellType.LONG_TEXT,
        ),
        *(_perspective_title(language) for language in LANGUAGES),
        ExportColumn(
            "Om perspektivet",
            "Vad perspektivet rymmer, med samordnarens ord.",
            lambda row: row.perspective.description if row.perspective else None,
            CellType.LONG_TEXT,
        ),
        ExportColumn(
            "Nej-röst",
            "En minoritets röst som måste finnas kvar.",
            lambda row: row.perspective.is_dissenting if row.perspective else None,
            CellType.YES_NO,
        ),
        ExportColumn(
            "Har gått upp i",
            "Perspektivet det har slagits ihop med.",
            lambda row: str((row.perspective and row.perspective.merged_into) or "") or None,
        ),
        ExportColumn(
            "I bruk",
            "Om både tema och perspektiv används i dag.",
            lambda row: (
                (not row.theme or row.theme.retired_at is None) and (not row.perspective or row.perspective.is_standing)
            ),
            CellType.YES_NO,
        ),
    ),
    rows=_codebook,
    models=(Theme, Perspective, ThemePerspective),
    left_out=("Hur många utsagor ett perspektiv vilar på. Perspektiv rangordnas inte.",),
)

OPPOSITES: ExportTable[Polarity] = ExportTable(
    slug="motsatser",
    title="Perspektiv mot varandra",
    about="Par av perspektiv som står mot varandra, lika stora.",
    columns=(
        field_column(Polarity, "one", "Det ena"),
        field_column(Polarity, "other", "Det andra"),
        ExportColumn("Om", "Vad som står på spel.", lambda row: row.about.get("sv", ""), CellType.LONG_TEXT),
    ),
    rows=_opposites,
    models=(Polarity,),
)
