"""How the perspectives of a theme stand on the page: opposites side by side, the others by themselves. Pure."""

from collections.abc import Mapping

from reports.rules.findings import PerspectiveBlock, PerspectiveFinding


def arrange_blocks(
    perspectives: Mapping[int, PerspectiveFinding], against: Mapping[int, Mapping[int, str]]
) -> tuple[PerspectiveBlock, ...]:
    """The perspectives in their order; each stands once, beside the first of its opposites that is still free."""
    placed: set[int] = set()
    arranged = []
    for key, one in perspectives.items():
        if key in placed:
            continue
        free = [other for other in perspectives if other in against.get(key, {}) and other not in placed | {key}]
        placed |= {key, *free[:1]}
        if free:
            arranged.append(PerspectiveBlock((one, perspectives[free[0]]), against[key][free[0]]))
        else:
            arranged.append(PerspectiveBlock((one,), ""))
    return tuple(arranged)
