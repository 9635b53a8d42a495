"""Words that may not occur in the repository, stored as hashes. Run as a program to add one."""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LIST = Path(__file__).with_name("forbidden.txt")
WORD = re.compile(r"[^\W_][\w.'’-]*[^\W_]|[^\W_]")


def mark(words: str) -> str:
    """Return the hash of a word or a name."""
    return hashlib.sha256(" ".join(words.lower().split()).encode()).hexdigest()


def marks() -> set[str]:
    """Return the hashes in the list."""
    lines = (line.partition("#")[0].strip() for line in LIST.read_text().splitlines())
    return {line for line in lines if line}


def phrases(text: str) -> Iterator[str]:
    """Yield each word, and each two and three in a row."""
    words = WORD.findall(text.lower())
    yield from words
    for count in (2, 3):
        yield from (" ".join(words[start : start + count]) for start in range(len(words) - count + 1))


if __name__ == "__main__":
    with LIST.open("a") as file:
        file.write(f"{mark(' '.join(sys.argv[1:]))}\n")
