"""The forms of a page, filled in in a few ways: as they stand, with sensible words, with nonsense."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from lxml.html import HtmlElement  # type: ignore[import-untyped]

Pairs = tuple[tuple[str, str], ...]
BUTTONS = 4  # tried of each form
SENSIBLE = {
    "email": "prov@ostberga.example",
    "date": "2026-12-01",
    "time": "17:30",
    "datetime-local": "2026-12-01T17:30",
    "number": "3",
    "url": "http://localhost:8000/om/",
    "tel": "08-465 004 00",
    "password": "ostberga-demo",
    "search": "ljus",
    "text": "Ljus på gången",
    "textarea": "Det ska vara ljust hela vägen hem.\n\nÄven i december.",
}
NONSENSE = {"email": "nej", "date": "2026-13-45", "time": "25:99", "number": "många", "url": "nej"}
UNFILLED = {"file", "submit", "button", "image", "reset", "hidden"}


@dataclass(frozen=True)
class Filled:
    """A form ready to be sent."""

    path: str
    method: str
    data: Pairs
    label: str
    target: str | None


@dataclass(frozen=True)
class Way:
    """A way of filling in: what is written in an empty box, which choice is made, whether boxes are ticked."""

    label: str
    written: Callable[[str], str]
    choice: int
    ticked: bool
    overwrite: bool = False


AS_IT_STANDS = Way("as it stands", lambda _kind: "", -1, False)
WAYS = (
    Way("filled in", lambda kind: SENSIBLE.get(kind, SENSIBLE["text"]), 0, False),
    Way("all of it", lambda kind: SENSIBLE.get(kind, SENSIBLE["text"]), 1, True, True),
    Way("nonsense", lambda kind: NONSENSE.get(kind, "x" * 5000), -1, False, True),
)


def filled_in(page: HtmlElement, address: str, code: str) -> Iterator[Filled]:
    """Every form of the page, with its buttons, in every way. `code` is a receipt's, where one is asked for."""
    for form in page.iter("form"):
        method = "POST" if form.get("hx-post") is not None or form.get("method", "").lower() == "post" else "GET"
        goal = form.get("hx-post") or form.get("hx-get") or form.get("action") or address
        controls = [*form.iter("input", "select", "textarea"), *_beside(page, form, ("input", "select", "textarea"))]
        buttons = [item for item in [*form.iter("button"), *_beside(page, form, ("button",))] if _sends(item)]
        for number, button in enumerate((buttons or [None])[:BUTTONS]):
            to = urljoin(address, button.get("formaction") or goal if button is not None else goal)
            pressed = _pressed(button)
            for way in (AS_IT_STANDS, *(WAYS if number == 0 else WAYS[:1])):
                data = (*_data(controls, way, code), *pressed)
                label = f"{way.label}{''.join(f', {name}={value}' for name, value in pressed)}"
                yield Filled(to, method, data, label, htmx_target(form))


def htmx_target(element: HtmlElement) -> str | None:
    """The id that htmx replaces for this element; None if htmx has nothing to do with it."""
    if not any(name in element.attrib for name in ("hx-get", "hx-post")):
        return None
    for item in (element, *element.iterancestors()):
        if said := item.get("hx-target"):
            named = item.get("id", "") if said == "this" else said.removeprefix("#")
            return str(named) if said == "this" or said.startswith("#") else ""
    return str(element.get("id", ""))


def _beside(page: HtmlElement, form: HtmlElement, tags: tuple[str, ...]) -> list[HtmlElement]:
    name = form.get("id")
    return [item for item in page.iter(*tags) if name and item.get("form") == name and form not in item.iterancestors()]


def _sends(button: HtmlElement) -> bool:
    return bool(button.get("type", "submit") == "submit")


def _pressed(button: HtmlElement | None) -> Pairs:
    return ((button.get("name"), button.get("value", "")),) if button is not None and button.get("name") else ()


def _data(controls: list[HtmlElement], way: Way, code: str) -> Pairs:
    pairs: list[tuple[str, str]] = []
    radios: dict[str, list[HtmlElement]] = {}
    for item in controls:
        name, kind = item.get("name"), _kind(item)
        if not name or "disabled" in item.attrib or name == "csrfmiddlewaretoken":
            continue
        if kind == "radio":
            radios.setdefault(name, []).append(item)
        elif kind == "checkbox":
            if way.ticked or "checked" in item.attrib or (way.choice == 0 and "required" in item.attrib):
                pairs.append((name, item.get("value", "on")))
        elif kind == "select":
            pairs += [(name, value) for value in _chosen(item, way)]
        elif kind not in UNFILLED or kind == "hidden":
            pairs.append((name, _written(item, kind, way, code)))
    pairs += [(name, value) for name, group in radios.items() for value in _radio(group, way)]
    return tuple(pairs)


def _kind(control: HtmlElement) -> str:
    return str(control.get("type", "text")).lower() if control.tag == "input" else str(control.tag)


def _written(control: HtmlElement, kind: str, way: Way, code: str) -> str:
    there = (control.text or "") if kind == "textarea" else control.get("value", "")
    if kind == "hidden" or (there and not way.overwrite):
        return str(there)
    if way.choice >= 0 and control.get("name") in {"kod", "code"}:
        return code
    return way.written(kind) or str(there)


def _chosen(select: HtmlElement, way: Way) -> list[str]:
    options = [
        (item.get("value", item.text_content().strip()), "selected" in item.attrib) for item in select.iter("option")
    ]
    now = [value for value, chosen in options if chosen] or [
        value for value, _ in options[:1] if not select.get("multiple")
    ]
    real = [value for value, _ in options if value]
    if not real or way.choice < 0 or (any(now) and not way.overwrite):
        return now
    return real if "multiple" in select.attrib and way.ticked else [real[min(way.choice, len(real) - 1)]]


def _radio(group: list[HtmlElement], way: Way) -> list[str]:
    now = [item.get("value", "on") for item in group if "checked" in item.attrib]
    if way.choice < 0 or (now and not way.overwrite):
        return now
    return [group[min(way.choice, len(group) - 1)].get("value", "on")]


def query(data: Pairs) -> str:
    """What stands after the question mark when a form that only asks is sent."""
    return urlencode([(name, value[:40]) for name, value in data])
