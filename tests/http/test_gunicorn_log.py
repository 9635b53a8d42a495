"""Gunicorn's own log tells what failed and where, never what was sent."""

import logging
import sys

from ostberga.http.gunicorn_logger import QuotingNothing

SECRET = "/kvitto/?kod=HEMLIGT"


def deep(number: int) -> None:
    """Fail far down."""
    if number == 0:
        raise ValueError(SECRET)
    if number % 2:
        deep(number - 1)
    else:
        deep(number - 1)


def line(msg: str, *args: object) -> str:
    record = logging.LogRecord("gunicorn.error", 40, "", 0, msg, args, sys.exc_info())
    return QuotingNothing().format(record)


def test_a_failed_request_is_told_by_kind_and_place_in_a_few_lines():
    try:
        deep(900)
    except ValueError:
        text = line("Error handling request %s %s", "GET", SECRET)
    assert ("HEMLIGT" in text, "Error handling request\nValueError" in text, len(text) < 5000) == (False, True, True)


def test_lines_about_its_own_work_are_whole():
    assert line("Booting worker with pid: %s", 7) == "Booting worker with pid: 7"
    assert line(f"Invalid request from ip=127.0.0.1: {SECRET}") == "Invalid request"
