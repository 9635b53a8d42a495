"""A body that drips is ended, and one that comes steadily is not."""

import socket
import time

import pytest
from gunicorn.http.unreader import SocketUnreader

from ostberga.http.slow_bodies import Pace, forget_pace


@pytest.fixture
def line():
    phone, server = socket.socketpair()
    with phone, server:
        yield phone, SocketUnreader(server)


def test_a_body_that_stops_coming_is_ended_and_the_answer_has_no_limit_of_it(line):
    phone, unreader = line
    Pace(silence=0.05).keep(unreader)
    phone.sendall(b"q1=Mer")

    assert unreader.chunk() == b"q1=Mer"
    with pytest.raises(TimeoutError):
        unreader.chunk()
    assert unreader.sock.gettimeout() is None


def test_a_body_that_drips_is_ended_though_it_never_falls_silent(line, monkeypatch):
    phone, unreader = line
    seconds = iter(range(0, 1000, 5))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))
    Pace(beginning=20, bytes_a_second=1000).keep(unreader)
    phone.sendall(b"aaaa")
    unreader.mxchunk = 1

    assert [unreader.chunk() for _ in range(4)] == [b"a"] * 4  # after 5, 10, 15 and 20 seconds
    with pytest.raises(TimeoutError, match="too slowly"):
        unreader.chunk()


def test_a_large_file_on_a_poor_line_has_the_time_it_needs(line, monkeypatch):
    phone, unreader = line
    seconds = iter(range(0, 1000, 5))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))
    Pace(beginning=20, bytes_a_second=1000).keep(unreader)

    for _ in range(50):  # 6,000 bytes in five seconds
        phone.sendall(b"a" * 6000)
        assert len(unreader.chunk()) == 6000


def test_the_next_request_on_the_connection_has_a_time_of_its_own(line):
    phone, unreader = line
    Pace(beginning=0).keep(unreader)
    phone.sendall(b"GET /")
    with pytest.raises(TimeoutError):
        unreader.chunk()
    forget_pace(unreader)

    assert unreader.chunk() == b"GET /"
