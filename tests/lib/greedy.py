"""Functions that take more than a file is worth, for test_isolated_files.py. Imports nothing of ours."""

import os
import time


class Refused(Exception):
    """What the functions below refuse with."""


def refuse(data: bytes) -> bytes:
    raise Refused("Inte den här.")


def fail(data: bytes) -> bytes:
    raise KeyError(data)


def spin(data: bytes) -> bytes:
    while True:
        data = data[::-1]


def sleep(data: bytes) -> bytes:
    time.sleep(60)
    return data


def eat(data: bytes) -> bytes:
    return bytes(len(bytearray(2**30)))


def write(data: bytes) -> bytes:
    with open("/tmp/ostberga-isolated", "wb") as file:  # noqa: S108, PTH123
        file.write(data)
    return b""


def talk(data: bytes) -> bytes:
    return data * 30_000_000


def environment(data: bytes) -> bytes:
    return ",".join(sorted(os.environ)).encode()


def double(data: bytes) -> bytes:
    return data * 2
