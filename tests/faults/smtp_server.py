"""A mail server that misbehaves on purpose: each test says what it answers to what."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

ACCEPTED = {
    "EHLO": "250 hej",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "RSET": "250 ok",
    "DATA": "354 skriv",
    ".": "250 mottaget",
    "QUIT": "221 hej",
}


@dataclass
class MailServer:
    """Answers by command; «.» is the end of a letter. An empty answer closes the line, None is never given."""

    answers: dict[str, str | None] = field(default_factory=dict)
    greeting: str | None = "220 klar"
    seconds_a_byte: float = 0
    letters: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def answer(self, command: str) -> str | None:
        """Return what is answered to a command."""
        return (ACCEPTED | self.answers)[command]


@contextmanager
def mail_server(**behaviour: Any) -> Iterator[MailServer]:
    """Yield a server that behaves so, on a port of its own."""
    server = MailServer(**behaviour)
    handler = type("Handler", (_Handler,), {"behaviour": server})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as listening:
        listening.daemon_threads, listening.block_on_close = True, False
        server.port = int(listening.server_address[1])
        thread = threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        listening.shutdown()


class _Handler(socketserver.StreamRequestHandler):
    behaviour: MailServer

    def handle(self) -> None:
        self.behaviour.connections += 1
        try:
            if self._say(self.behaviour.greeting):
                self._talk()
        except OSError:
            return

    def _talk(self) -> None:
        while line := self.rfile.readline():
            command = line.decode().strip().partition(" ")[0].upper()
            if not self._say(self.behaviour.answer(command)):
                return
            if (
                command == "DATA"
                and (self.behaviour.answer("DATA") or "").startswith("354")
                and not self._read_letter()
            ):
                return

    def _read_letter(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line.decode())
        self.behaviour.letters.append("".join(lines))
        return self._say(self.behaviour.answer("."))

    def _say(self, words: str | None) -> bool:
        """Answer, and return whether the line stays open."""
        if words is None:
            self.rfile.read()  # until the other side gives up
            return False
        for byte in f"{words}\r\n".encode() if words else b"":
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(self.behaviour.seconds_a_byte)
        return bool(words)
