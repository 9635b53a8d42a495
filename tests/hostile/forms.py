"""The forms of a page: where each is sent, and what its fields hold."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin


@dataclass
class PageForm:
    """A form as a browser would send it untouched."""

    method: str
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.path, given.get("action", "")) or self.path
            self.forms.append(PageForm(given.get("method", "get").upper(), action))
        elif tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"].partition("#")[0])
        elif self.forms:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            form.fields.append((self.select, given.get("value", "")))
        elif tag in {"input", "textarea", "button"} and name:
            if given.get("type") == "file":
                form.files.append(name)
            else:
                form.fields.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""


def read(page: Any, path: str) -> tuple[list[PageForm], list[str]]:
    """Return the forms and the links of a response; none when it is no page."""
    reader = _Reader(path)
    if page.status_code < 500 and page.headers.get("Content-Type", "").startswith("text/html"):
        reader.feed(page.content.decode(errors="replace"))
    return reader.forms, reader.links
