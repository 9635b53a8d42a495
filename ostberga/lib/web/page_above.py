"""The page of the thing that an address is about: the nearest address above it that has a page."""

from django.urls import Resolver404, resolve


def page_above(path: str) -> str:
    """Return the nearest address of ours above this one, such as /…/forslag/14/ above /…/forslag/14/andra/; "" if none.

    The front page is about nothing, and does not count.
    """
    parts = path.strip("/").split("/")
    while len(parts) > 1:
        parts.pop()
        above = f"/{'/'.join(parts)}/"
        try:
            resolve(above)
        except Resolver404:
            continue
        return above
    return ""
