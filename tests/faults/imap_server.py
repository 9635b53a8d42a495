"""A mailbox that speaks as much IMAP as Python's imaplib asks for, with the messages in a list."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """The messages and their flags, by number from 1."""

    messages: list[bytes]
    flags: list[set[str]] = field(default_factory=list)
    silent: bool = False
    port: int = 0
    fetched: list[int] = field(default_factory=list)  # numbers of the messages that were read whole

    def __post_init__(self) -> None:
        self.flags = [set() for _ in self.messages]

    def unseen(self, words: str) -> list[int]:
        """Return the numbers of the messages that lack the flags named after UNKEYWORD, and are not deleted."""
        keyword = re.search(r"UNKEYWORD (\w+)", words)
        avoided = {keyword[1]} if keyword else set()
        return [number + 1 for number, flags in enumerate(self.flags) if not flags & (avoided | {r"\Deleted"})]

    def expunge(self) -> None:
        """Delete what is marked."""
        kept = [number for number, flags in enumerate(self.flags) if r"\Deleted" not in flags]
        self.messages = [self.messages[number] for number in kept]
        self.flags = [self.flags[number] for number in kept]


@contextmanager
def mailbox(*messages: bytes, silent: bool = False) -> Iterator[Mailbox]:
    """Yield a mailbox with these messages, on a port of its own."""
    box = Mailbox(list(messages), silent=silent)
    handler = type("Handler", (_Handler,), {"box": box})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as listening:
        listening.daemon_threads, listening.block_on_close = True, False
        box.port = int(listening.server_address[1])
        threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True).start()
        yield box
        listening.shutdown()


class _Handler(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        if self.box.silent:
            self.rfile.read()
            return
        self.wfile.write(b"* OK hej\r\n")
        while line := self.rfile.readline().decode().strip():
            tag, _, rest = line.partition(" ")
            command, _, words = rest.partition(" ")
            for answer in self._answers(command.upper(), words):
                self.wfile.write(answer)
            self.wfile.write(f"{tag} OK klart\r\n".encode())

    def _answers(self, command: str, words: str) -> list[bytes]:
        match command:
            case "CAPABILITY":
                return [b"* CAPABILITY IMAP4rev1\r\n"]
            case "SELECT":
                return [f"* {len(self.box.messages)} EXISTS\r\n".encode()]
            case "SEARCH":
                return [f"* SEARCH {' '.join(map(str, self.box.unseen(words)))}\r\n".encode()]
            case "FETCH":
                number = int(words.split(maxsplit=1)[0])
                raw = self.box.messages[number - 1]
                if "RFC822.SIZE" in words:
                    return [f"* {number} FETCH (RFC822.SIZE {len(raw)})\r\n".encode()]
                self.box.fetched.append(number)
                return [f"* {number} FETCH (BODY[] {{{len(raw)}}}\r\n".encode(), raw, b")\r\n"]
            case "STORE":
                number, flags = int(words.split(maxsplit=1)[0]), re.findall(r"\\?\w+", words.partition("(")[2])
                self.box.flags[number - 1] |= set(flags)
            case "EXPUNGE":
                self.box.expunge()
        return []
