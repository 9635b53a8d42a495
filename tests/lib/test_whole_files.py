"""Files that are stored whole or not at all: on a full disk, and between two who want the same name."""

import os
import resource
import subprocess

import pytest
from django.core.files.base import ContentFile

from ostberga.lib.files.whole_files import FileNotStored, WholeFileStorage

MEGABYTE = 1 << 20


@pytest.fixture(params=["a limit of the account", "a small file system"])
def full_disk(request, tmp_path):
    """A storage where no more than a megabyte goes in."""
    if request.param == "a small file system":
        mounting = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
        if os.geteuid() != 0 or subprocess.run(mounting, capture_output=True, check=False).returncode:
            pytest.skip("this account may not mount file systems")
        yield WholeFileStorage(tmp_path)
        subprocess.run(["umount", str(tmp_path)], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MEGABYTE, before[1]))
    yield WholeFileStorage(tmp_path)
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_on_a_full_disk_nothing_is_left_of_a_file_and_it_says_why(full_disk):
    full_disk.save("reports/1/liten.pdf", ContentFile(b"x"))
    with pytest.raises(FileNotStored, match="ingen plats kvar") as full:
        full_disk.save("reports/2/1/rapport.pdf", ContentFile(bytes(2 * MEGABYTE)))

    assert full.value.code == "disk_full"
    assert full_disk.listdir("reports") == (["1"], [])
    assert full_disk.listdir("reports/1") == ([], ["liten.pdf"])


def test_a_disk_that_is_away_is_told_too(tmp_path):
    (tmp_path / "reports").write_text("no folder")

    with pytest.raises(FileNotStored, match="går inte att skriva på"):
        WholeFileStorage(tmp_path).save("reports/rapport.pdf", ContentFile(b"x"))


def test_a_file_has_its_name_only_when_it_is_whole(tmp_path, monkeypatch):
    storage, seen, waits = WholeFileStorage(tmp_path), [], os.fsync

    def look(descriptor):
        seen.append(storage.exists("rapport.pdf"))
        waits(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    storage.save("rapport.pdf", ContentFile(b"hela"))

    assert seen == [False, True]  # the file's own, and then the folder's
    assert storage.listdir("") == ([], ["rapport.pdf"])


def test_two_who_want_the_same_name_overwrite_nothing(tmp_path, monkeypatch):
    storage, links = WholeFileStorage(tmp_path), os.link

    def after_another(source, name):
        if not storage.exists("bild.jpg"):
            (tmp_path / "bild.jpg").write_bytes(b"den andras")
        links(source, name)

    monkeypatch.setattr(os, "link", after_another)
    name = storage.save("bild.jpg", ContentFile(b"min"))

    assert (storage.open("bild.jpg").read(), storage.open(name).read()) == (b"den andras", b"min")
