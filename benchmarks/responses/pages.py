"""A page as lines that differ only where somebody could see or hear it, or a script could tell."""

import re
from html.parser import HTMLParser

Token = tuple[str, str, str]  # what it is, its tag, how it is written
Attributes = list[tuple[str, str | None]]
# A space beside one of these is never seen: they begin and end lines of their own, or show nothing.
BLOCKS = frozenset(
    [
        *(
            "html",
            "head",
            "body",
            "title",
            "meta",
            "link",
            "base",
            "script",
            "style",
            "template",
            "noscript",
            "br",
            "hr",
        ),
        *("main", "header", "footer", "nav", "aside", "section", "article", "div", "p", "blockquote", "pre", "address"),
        *("ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "figure", "figcaption"),
        *("form", "fieldset", "legend", "search", "details", "summary", "dialog", "option", "optgroup"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col"),
        *("g", "path", "rect", "circle", "line", "polyline", "polygon", "ellipse", "defs", "clippath"),
    ]
)
# They stand in a line as a word does, whatever is in them; inside, a line of its own begins.
BOXES = frozenset(["button", "select", "textarea", "svg", "video", "audio", "object", "iframe", "canvas"])
WORDS = frozenset(["img", "input", "embed", "wbr"])
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# Every sign counts in these, and in elements of these classes (`white-space` in the style sheets).
EXACT = frozenset({"pre", "textarea", "script", "style"})
EXACT_CLASSES = frozenset({"statement__text", "raw-text", "redacted-text", "letter"})
SPACE = re.compile(r"[ \t\n\r\f]+")


class Lines(HTMLParser):
    """Reads a page, or a part of one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Token] = []
        self._exact: list[str] = []  # open tags, from the outermost in which every sign counts

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Attributes in the order of their names."""
        self.tokens.append(("tag", tag, f"<{tag}{''.join(written(dict(attrs)))}>"))
        classes = set((dict(attrs).get("class") or "").split())
        if tag not in VOID and (self._exact or tag in EXACT or classes & EXACT_CLASSES):
            self._exact.append(tag)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """`<br/>` is `<br>`; in a drawing it ends what it began."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """An end."""
        if tag in self._exact:
            while self._exact.pop() != tag:
                pass
        self.tokens.append(("tag", tag, f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        """Text; a run of space is one space."""
        if self._exact:
            self.tokens.append(("exact", "", data))
        else:
            self.tokens.append(("text", "", SPACE.sub(" ", data)))

    def handle_comment(self, data: str) -> None:
        """A comment is never seen."""

    def handle_decl(self, decl: str) -> None:
        """The kind of document."""
        self.tokens.append(("tag", "html", f"<!{decl}>"))

    def lines(self) -> list[str]:
        """One line for each tag and text. Space that no browser shows is gone, between words and links it stays."""
        self.close()
        tokens = _trimmed(_trimmed(_joined(self.tokens), first=True)[::-1], first=False)[::-1]
        return [text if what == "tag" else repr(text) for what, _tag, text in tokens]


def lines_of(page: str) -> list[str]:
    """The lines of a page."""
    parser = Lines()
    parser.feed(page)
    return parser.lines()


def _joined(tokens: list[Token]) -> list[Token]:
    """Texts that a comment stood between are one."""
    joined: list[Token] = []
    for token in tokens:
        if token[0] == "text" and joined and joined[-1][0] == "text":
            joined[-1] = ("text", "", SPACE.sub(" ", joined[-1][2] + token[2]))
        else:
            joined.append(token)
    return joined


def _trimmed(tokens: list[Token], *, first: bool) -> list[Token]:
    """Without spaces at the beginning of lines and after other spaces; backwards, without those at the end of lines."""
    kept, edge = [], True
    for what, tag, text in tokens:
        if what == "text":
            shown = (text.lstrip(" ") if first else text.rstrip(" ")) if edge else text
            edge = (first and shown.endswith(" ")) if shown else edge
            if shown:
                kept.append((what, tag, shown))
            continue
        kept.append((what, tag, text))
        if what == "exact" or tag in WORDS:
            edge = False
        elif tag in BLOCKS:
            edge = True
        elif tag in BOXES:
            edge = text.startswith("</") != first
    return kept


def written(attributes: dict[str, str | None]) -> list[str]:
    """Each attribute, sorted; classes with single spaces, no token that only this page has."""
    if attributes.get("name") == "csrfmiddlewaretoken":
        attributes["value"] = "…"
    if "nonce" in attributes:
        attributes["nonce"] = "…"
    result = []
    for name, value in sorted(attributes.items()):
        if value is None:
            result.append(f" {name}")
        else:
            result.append(f' {name}="{" ".join(value.split()) if name == "class" else value}"')
    return result
