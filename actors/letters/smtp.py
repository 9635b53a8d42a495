"""Handing one message to the mail server: it may take SECONDS in all, and Django's EMAIL_TIMEOUT for each reply."""

import smtplib
import socket
import threading
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from actors.rules import deliveries
from actors.rules.deliveries import Delivery, DeliveryOutcome
from ostberga.lib.servers.circuit_breaker import CircuitBreaker

# While the server is away one letter tries each half minute, and the others do not wait for it.
breaker = CircuitBreaker("the mail server", seconds=30)


def deliver(message: EmailMessage) -> Delivery:
    """Send the message, without raising for what server or network do. It can take a minute: open no transaction."""
    try:
        message.send()
        delivery = Delivery(DeliveryOutcome.SENT)
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
        delivery = deliveries.judge(error)
        if delivery.outcome == DeliveryOutcome.AWAY:
            breaker.note_failure(error)
            return delivery
    breaker.note_success()
    return delivery


class LimitedBackend(EmailBackend):
    """Django's backend with a limit for the whole letter: a server that sends a byte a second is slow for ever."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The class of the connection."""
        return _LimitedSMTP


class _LimitedSMTP(smtplib.SMTP):
    """Cuts the line after settings.EMAIL_SECONDS, also one that has become TLS."""

    _timer: threading.Timer | None = None
    _same_line: socket.socket | None = None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]  # not in the types
        self._same_line = line.dup()  # TLS takes the first one over
        self._timer = threading.Timer(settings.EMAIL_SECONDS, _cut, [self._same_line])
        self._timer.daemon = True
        self._timer.start()
        return line

    def close(self) -> None:
        """Close the line and stop the clock."""
        if self._timer is not None and self._same_line is not None:
            self._timer.cancel()
            self._same_line.close()
            self._timer = self._same_line = None
        super().close()


def _cut(line: Any) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:  # closed already
        return
