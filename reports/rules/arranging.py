"""Arranges the perspectives of a theme: opposites in pairs, the others alone. Pure."""

from collections.abc import Mapping

from reports.rules.findings import PerspectiveBlock, PerspectiveFinding


def arrange_blocks(
    perspectives: Mapping[int, PerspectiveFinding], against: Mapping[int, Mapping[int, str]]
) -> tuple[PerspectiveBlock, ...]:
    """Blocks in the order of `perspectives`, each paired with its first opposite that is not yet placed.

    `against` holds what each pair is about, by the keys of both perspectives.
    """
    placed: set[int] = set()
    arranged = []
    for key, perspective in perspectives.items():
        if key in placed:
            continue
        free = [other for other in perspectives if other in against.get(key, {}) and other not in placed | {key}]
        placed |= {key, *free[:1]}
        if free:
            arranged.append(PerspectiveBlock((perspective, perspectives[free[0]]), against[key][free[0]]))
        else:
            arranged.append(PerspectiveBlock((perspective,), ""))
    return tuple(arranged)
