"""Dataclasses read back from the JSON that they were stored as, with those inside them. Pure."""

import dataclasses
import types
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Built = TypeVar("Built")


def build(kind: type[Built], data: dict[str, Any]) -> Built:
    """Return a dataclass from the JSON data of one. Raises KeyError or TypeError if a field is missing or unknown."""
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]  # kind is one of the dataclasses above
    # Fields added by a later schema have a default; all others must be present.
    present = [field.name for field in fields if field.name in data or field.default is dataclasses.MISSING]
    return kind(**{name: _value(hints[name], data[name]) for name in present})


def _value(hint: Any, value: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return value
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in value)
    return build(hint, value) if dataclasses.is_dataclass(hint) and isinstance(hint, type) else value
