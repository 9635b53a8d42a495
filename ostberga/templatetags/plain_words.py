"""Whether a text says anything beside another, so that a page does not say the same twice."""

import re

from django import template

register = template.Library()


@register.filter
def says_more_than(text: object, heading: object) -> bool:
    """Return whether the text says anything that the heading does not: case, spaces and final marks say nothing."""
    return bool(_bare(text)) and _bare(text) != _bare(heading)


def _bare(text: object) -> str:
    return re.sub(r"\s+", " ", str(text or "")).strip(" .!?…").casefold()
