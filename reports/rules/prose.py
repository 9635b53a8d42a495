"""Splits plain text into paragraphs (at empty lines) and lists (lines that start with «- »). Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """A paragraph of lines, or a list of items."""

    is_list: bool
    lines: tuple[str, ...]


def split_passages(text: str) -> list[Passage]:
    """Split the text into paragraphs and lists, in order."""
    result: list[Passage] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        for line in lines:
            is_point = line.startswith(("- ", "• ", "* "))
            text_line = line[2:].strip() if is_point else line
            if result and result[-1].is_list == is_point and line is not lines[0]:
                result[-1] = Passage(is_point, (*result[-1].lines, text_line))
            else:
                result.append(Passage(is_point, (text_line,)))
    return result
