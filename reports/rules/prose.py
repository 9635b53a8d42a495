"""Plain text as people write it: an empty line makes a paragraph, a line that starts with «- » a point. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """A paragraph of lines, or a list of points."""

    is_list: bool
    lines: tuple[str, ...]


def split_passages(text: str) -> list[Passage]:
    """The text in paragraphs and lists, in order."""
    found: list[Passage] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        for line in lines:
            is_point = line.startswith(("- ", "• ", "* "))
            shown = line[2:].strip() if is_point else line
            if found and found[-1].is_list == is_point and line is not lines[0]:
                found[-1] = Passage(is_point, (*found[-1].lines, shown))
            else:
                found.append(Passage(is_point, (shown,)))
    return found
