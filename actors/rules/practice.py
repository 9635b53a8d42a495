"""What marks a practice: its address, and its files, which are never brought in as what people have said. Pure."""

import unicodedata

# Begins the address of every practice, so that other addresses need not be looked up to know that they are none.
PRACTICE_PREFIX = "ovning-"
# Stands, in Swedish and without signs that names of files lack, in every file of its answers.
PRACTICE_MARK = "Övning med påhittade svar"


def is_made_up(text: str) -> bool:
    """Return whether a file, or a part of it, has the mark of a practice."""
    return PRACTICE_MARK.casefold() in unicodedata.normalize("NFC", text).casefold()
