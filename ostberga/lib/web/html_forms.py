"""Reads the forms of an HTML page, with the place in the text where each tag stands."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate


@dataclass(frozen=True)
class Tag:
    """A start tag: `html[start:end]`. An attribute without a value has the value ""."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int


@dataclass
class Option:
    """An option of a select."""

    tag: Tag
    text: str = ""

    @property
    def value(self) -> str:
        """What is sent when it is chosen."""
        return self.tag.attributes.get("value", " ".join(self.text.split()))


@dataclass
class Control:
    """A field of a form."""

    tag: Tag
    options: list[Option] = field(default_factory=list)
    folded_in: tuple[Tag, ...] = ()  # the <details> around it
    text_ends: int = 0  # for a textarea: where its text ends, and </textarea> begins

    @property
    def name(self) -> str:
        """The name under which it is sent."""
        return self.tag.attributes.get("name", "")

    @property
    def kind(self) -> str:
        """The type of an input in lower case; "select", "textarea" or "button" for the others."""
        return self.tag.attributes.get("type", "text").lower() if self.tag.name == "input" else self.tag.name

    @property
    def value(self) -> str:
        """Its value; "on" for a box without one."""
        return self.tag.attributes.get("value", "on" if self.kind in {"checkbox", "radio"} else "")

    @property
    def is_disabled(self) -> bool:
        """Whether it cannot be filled in."""
        return "disabled" in self.tag.attributes


@dataclass
class Form:
    """A form with its fields, also those that stand elsewhere and name it in `form`."""

    tag: Tag
    controls: list[Control] = field(default_factory=list)

    @property
    def goals(self) -> list[str]:
        """Where it can be sent: its own action, and those of its buttons."""
        own = self.tag.attributes.get("hx-post") or self.tag.attributes.get("action", "")
        buttons = [control.tag.attributes for control in self.controls if "formaction" in control.tag.attributes]
        return [own, self.tag.attributes.get("action", ""), *(button["formaction"] for button in buttons)]

    @property
    def button_names(self) -> set[str]:
        """The names of its buttons, which are sent but cannot be filled in."""
        return {control.name for control in self.controls if control.kind in {"button", "submit"} and control.name}


@dataclass
class PageForms:
    """The forms and links of a page, and the place right after <main> (0 if there is none)."""

    forms: list[Form]
    main_starts: int
    links: list[Tag] = field(default_factory=list)


def read_forms(html: str) -> PageForms:
    """Return the forms of a page, in the order they stand there."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    for name, control in reader.elsewhere:
        for form in reader.forms:
            if form.tag.attributes.get("id") == name:
                form.controls.append(control)
    return PageForms(reader.forms, reader.main_starts, reader.links)


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[Tag] = []
        self.elsewhere: list[tuple[str, Control]] = []
        self.main_starts = 0
        self._lines = list(
            accumulate((len(line) for line in html.split("\n")), lambda at, size: at + size + 1, initial=0)
        )
        self._details: list[Tag] = []
        self._form: Form | None = None
        self._select: Control | None = None
        self._option: Option | None = None
        self._textarea: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, a link, a field, an option, and where each begins."""
        start = self._at()
        read = Tag(
            tag, {name: value or "" for name, value in attrs}, start, start + len(self.get_starttag_text() or "")
        )
        if tag == "form":
            self._form = Form(read)
            self.forms.append(self._form)
        elif tag == "a" and "href" in read.attributes:
            self.links.append(read)
        elif tag == "main" and not self.main_starts:
            self.main_starts = read.end
        elif tag == "details":
            self._details.append(read)
        elif tag == "option" and self._select is not None:
            self._option = Option(read)
            self._select.options.append(self._option)
        elif tag in {"input", "select", "textarea", "button"}:
            self._field(Control(read, folded_in=tuple(self._details)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read <input/> as <input>."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Note where a form, a select or the text of a textarea ends."""
        if tag == "form":
            self._form = None
        elif tag == "details" and self._details:
            self._details.pop()
        elif tag == "select":
            self._select = self._option = None
        elif tag == "option":
            self._option = None
        elif tag == "textarea" and self._textarea is not None:
            self._textarea.text_ends, self._textarea = self._at(), None

    def handle_data(self, data: str) -> None:
        """Collect the text of an option."""
        if self._option is not None:
            self._option.text += data

    def _field(self, control: Control) -> None:
        if control.tag.name == "select":
            self._select = control
        elif control.tag.name == "textarea":
            self._textarea = control
        if owner := control.tag.attributes.get("form"):
            self.elsewhere.append((owner, control))
        elif self._form is not None:
            self._form.controls.append(control)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
