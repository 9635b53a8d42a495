"""A printout is rendered once, however many ask for it, and never holds all threads of a process."""

from threading import BoundedSemaphore, Lock
from uuid import uuid4

import pytest
from django.core.cache import cache

from dialogue.models import Meeting
from reports.printouts import minutes, one_at_a_time
from reports.printouts.one_at_a_time import PrintoutBusy, get_or_render


@pytest.fixture
def key():
    return f"printout:{uuid4()}"


class LockOfAnother:
    """The lock, when it is given after another thread has rendered the same."""

    def __init__(self, key):
        self.key = key

    def __enter__(self):
        cache.set(self.key, b"%PDF theirs", 60)

    def __exit__(self, *_):
        return None


def test_who_waited_for_the_same_gets_what_was_rendered(key, monkeypatch):
    monkeypatch.setattr(one_at_a_time, "_rendering", LockOfAnother(key))

    assert get_or_render(key, lambda: pytest.fail("rendered again"), seconds=60) == b"%PDF theirs"


def test_one_is_rendered_at_a_time(key, monkeypatch):
    lock = Lock()
    monkeypatch.setattr(one_at_a_time, "_rendering", lock)

    assert get_or_render(key, lambda: b"%PDF" if lock.locked() else b"together", seconds=60) == b"%PDF"
    assert not lock.locked()


def test_who_finds_no_room_is_told_at_once_and_what_is_kept_is_given(key, monkeypatch):
    monkeypatch.setattr(one_at_a_time, "_held", BoundedSemaphore(1))
    cache.set(f"{key}-kept", b"%PDF kept", 60)

    def render():
        with pytest.raises(PrintoutBusy, match="Försök igen"):
            get_or_render(f"{key}-other", lambda: b"%PDF other", seconds=60)
        return get_or_render(f"{key}-kept", lambda: None, seconds=60)

    assert get_or_render(key, render, seconds=60) == b"%PDF kept"


def test_a_printout_that_fails_leaves_its_room(key, monkeypatch):
    monkeypatch.setattr(one_at_a_time, "_held", BoundedSemaphore(1))
    with pytest.raises(ZeroDivisionError):
        get_or_render(key, lambda: bytes(1 // 0), seconds=60)

    assert get_or_render(key, lambda: None, seconds=60) is None
    assert get_or_render(key, lambda: b"%PDF", seconds=60) == b"%PDF"


def test_a_reader_of_minutes_is_told_to_try_again(monkeypatch):
    def busy(*_, **__):
        raise PrintoutBusy

    monkeypatch.setattr(minutes, "get_or_render", busy)
    monkeypatch.setattr("dialogue.meetings.minutes_document.build_minutes", lambda *_, **__: "minutes")

    assert minutes.render_minutes_pdf(Meeting(pk=1), public=True) is None
