"""Statements as they may be quoted, with their perspectives and themes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actors.models import Collaboration
from ostberga.lib.tables.model_columns import field_column, listed
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, mapped_rows
from surveys.exporting.placements import Placements, read_placements
from surveys.fielding.heard_counts import HeardCounts, count_heard
from surveys.models import Attachment, Perspective, Statement, Theme


@dataclass(frozen=True)
class QuotableStatement:
    """A statement, and what may stand beside it: by the same rule as beside a quote on an issue's page."""

    statement: Statement
    counts: HeardCounts
    placements: Placements

    @property
    def text(self) -> str:
        """The masked text, in Swedish when its own language would tell who spoke; empty until it is confirmed."""
        if not self.statement.is_publishable:
            return ""
        return self.statement.text if self._shows_language else self.statement.swedish

    @property
    def translation(self) -> str:
        """The Swedish translation. Empty too when the language may not be shown: `text` is Swedish then."""
        return self.statement.translation if self.statement.is_publishable and self._shows_language else ""

    @property
    def language(self) -> str:
        return self.statement.get_language_display() if self._shows_language else "visas inte"

    @property
    def role(self) -> str:
        return self.statement.get_role_display() if self.counts.may_show_role(self.statement) else "visas inte"

    @property
    def perspectives(self) -> list[Perspective]:
        """Those that it is attached to today, with merges resolved."""
        return self.placements.of_statement(attachment.perspective_id for attachment in self._attachments)

    @property
    def themes(self) -> list[Theme]:
        """The themes in use of its perspectives."""
        return self.placements.themes_of(self.perspectives)

    @property
    def _attachments(self) -> Iterable[Attachment]:
        return (attachment for attachment in self.statement.attachments.all() if attachment.removed_at is None)

    @property
    def _shows_language(self) -> bool:
        return self.counts.may_show_language(self.statement)


def _statements(collaboration: Collaboration) -> TableRows[QuotableStatement]:
    everything = Statement.objects.heard_in(collaboration)
    waves = everything.order_by("wave_id").distinct("wave_id")
    counts = count_heard(waves.defer("raw_text").select_related("wave"), collaboration.minimum_group)
    placements = read_placements(collaboration)

    def prepare(statements: Iterable[Statement]) -> Iterator[QuotableStatement]:
        return (QuotableStatement(statement, counts, placements) for statement in statements)

    rows = everything.defer("raw_text").select_related("wave__survey").prefetch_related("attachments")
    return mapped_rows(rows.order_by("pk"), prepare)  # by a random key


STATEMENTS: ExportTable[QuotableStatement] = ExportTable(
    slug="utsagor",
    title="Utsagor",
    about="Det människor sagt, maskat och granskat, med perspektiv och teman. En rad för varje utsaga.",
    columns=(
        ExportColumn(
            "Nyckel", "Slumpad. Samma i alla filer, så att de kan läggas ihop.", lambda row: str(row.statement.pk)
        ),
        ExportColumn("Formulär", "Formuläret som omgången hör till.", lambda row: str(row.statement.wave.survey)),
        field_column(Statement, "wave", "Omgång", path="statement"),
        ExportColumn(
            "Text", "Den maskade texten. Tom tills någon har granskat den.", lambda row: row.text, CellType.LONG_TEXT
        ),
        ExportColumn(
            "På svenska",
            "Svensk översättning, när det sades på ett annat språk som får visas.",
            lambda row: row.translation,
            CellType.LONG_TEXT,
        ),
        ExportColumn(
            "Språk",
            "Språket det sades på, om tillräckligt många hade talat det när omgången stängde.",
            lambda row: row.language,
        ),
        ExportColumn(
            "Roll",
            "Den hördas kategori, om tillräckligt många i den hade hörts när omgången stängde.",
            lambda row: row.role,
        ),
        *(field_column(Statement, name, path="statement") for name in ("is_altered", "state")),
        ExportColumn(
            "Perspektiv",
            "Perspektiven den uttrycker, med semikolon mellan.",
            lambda row: listed(row.perspectives),
            CellType.LONG_TEXT,
        ),
        ExportColumn("Teman", "Teman som perspektiven ligger i.", lambda row: listed(row.themes), CellType.LONG_TEXT),
    ),
    rows=_statements,
    models=(Statement, Attachment),
    left_out=(
        "Den omaskade texten. Den finns i filen Svar, för den som får läsa den.",
        "Ålder, dag och vem som kodade. Tillsammans med texten kan de peka ut någon.",
        "Roll och språk innan omgången har stängts, eller när färre än den minsta gruppen hade hörts då.",
        "Text som ligger i karantän, är lagd åt sidan eller inte är granskad.",
    ),
)
