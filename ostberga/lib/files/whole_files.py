"""Files that are stored whole or not at all, also when the disk is full or the power goes."""

import errno
import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

from ostberga.lib.refusal import Refusal

# EFBIG: the account's own limit. EDQUOT: its share of the disk.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class FileNotStored(Refusal):
    """The disk did not take the file. Nothing of it is left there."""


class WholeFileStorage(FileSystemStorage):
    """Writes beside the file's place, waits for the disk, and then gives the file its name.

    So a file with a name is whole. Raises FileNotStored saying in plain Swedish that the disk is full or away.
    """

    def _save(self, name: str, content: Any) -> str:
        place = Path(self.path(name))
        unfinished = str(Path(name).with_name(f".{uuid.uuid4().hex}.part"))
        try:
            super()._save(unfinished, content)  # type: ignore[misc]  # the stubs lack it
            return self._give_name(unfinished, name)
        except OSError as error:
            raise _in_words(error) from error
        finally:
            with suppress(OSError):
                Path(self.path(unfinished)).unlink()
            _remove_empty(place.parent, Path(self.location))

    def _give_name(self, unfinished: str, name: str) -> str:
        """Give the file its name, or another if somebody has just taken it. Returns the name."""
        written = self.path(unfinished)
        _wait_for_disk(written)
        while True:
            try:
                os.link(written, self.path(name))  # unlike a rename it overwrites nothing
                break
            except FileExistsError:
                name = self.get_available_name(name)
        _wait_for_disk(os.path.dirname(written))  # noqa: PTH120
        return name


def _wait_for_disk(path: str) -> None:
    """Return when the file, or the names in the folder, would survive that the power goes."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove the folder, and those above it, as far as they are empty."""
    with suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent


def _in_words(error: OSError) -> FileNotStored:
    if error.errno in _FULL:
        return FileNotStored(
            "Det finns ingen plats kvar på disken för filer. Be den som driver webbplatsen rensa. Försök sedan igen.",
            code="disk_full",
        )
    return FileNotStored(
        "Disken där filer sparas går inte att skriva på. Be den som driver webbplatsen se efter, och försök igen.",
        code="disk_away",
    )
