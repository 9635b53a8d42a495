"""Which perspective each has ended up in, and the themes it is placed in, read once for a whole file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from actors.models import Collaboration
from surveys.models import Perspective, Theme, ThemePerspective
from surveys.rules.lineage import roots


@dataclass(frozen=True)
class Placements:
    """The codebook of a collaboration, with merges resolved."""

    perspectives: dict[int, Perspective]
    current: dict[int, int]  # a perspective's key → the key it has ended up in
    themes: dict[int, list[Theme]]  # a current perspective's key → its themes in use

    def of_statement(self, keys: Iterable[int]) -> list[Perspective]:
        """Return the perspectives in use that these have ended up in, each once, in the order of the codebook."""
        ended_up = {self.current[key] for key in keys if key in self.current}
        return [self.perspectives[key] for key in sorted(ended_up) if self.perspectives[key].is_standing]

    def themes_of(self, perspectives: Iterable[Perspective]) -> list[Theme]:
        """Return the themes of these perspectives, each once, in the order of the codebook."""
        themes = {theme.pk: theme for row in perspectives for theme in self.themes.get(row.pk, [])}
        return sorted(themes.values(), key=lambda theme: (theme.position, theme.pk))


def read_placements(collaboration: Collaboration) -> Placements:
    """Read the codebook. Two queries."""
    perspectives = {row.pk: row for row in Perspective.objects.filter(collaboration=collaboration)}
    current = roots({key: row.merged_into_id for key, row in perspectives.items()})
    standing = Theme.objects.standing().filter(collaboration=collaboration)
    rows = ThemePerspective.objects.filter(theme__in=standing).select_related("theme")
    placed = rows.order_by("theme__position", "theme", "pk")
    themes: dict[int, list[Theme]] = defaultdict(list)
    for row in placed:
        if row.theme not in themes[current[row.perspective_id]]:
            themes[current[row.perspective_id]].append(row.theme)
    return Placements(perspectives, current, dict(themes))
