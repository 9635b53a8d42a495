"""A proxy that hands requests on and loses the replies to forms: they are stored, and the browser never hears of it."""

import socket
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlsplit


class _Handler(socketserver.BaseRequestHandler):
    server: "LossyProxy"

    def handle(self) -> None:
        """Hand one request on. The connection is closed after it, so that the browser opens one for each."""
        head, _, body = self._request().partition(b"\r\n\r\n")
        is_form = head.startswith(b"POST")
        head = b"\r\n".join(line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:"))
        with socket.create_connection(self.server.behind) as site:
            site.sendall(head + b"\r\nConnection: close\r\n\r\n" + body)
            reply = b"".join(iter(lambda: site.recv(65536), b""))
        if not (is_form and self.server.loses):
            self.request.sendall(reply)

    def _request(self) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            more = self.request.recv(65536)
            if not more:
                return data
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        sizes = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        while sizes and len(body) < int(sizes[0].partition(b":")[2]):
            body += self.request.recv(65536)
        return head + b"\r\n\r\n" + body


class LossyProxy(socketserver.ThreadingTCPServer):
    """Loses replies to forms while `loses` is true."""

    daemon_threads = True

    def __init__(self, url: str) -> None:
        super().__init__(("localhost", 0), _Handler)
        place = urlsplit(url)
        self.behind = (place.hostname or "localhost", place.port or 80)
        self.loses = True

    @property
    def url(self) -> str:
        """Where a browser reaches the site through it."""
        return f"http://localhost:{self.server_address[1]}"


@contextmanager
def lossy_proxy(url: str) -> Iterator[LossyProxy]:
    """Run a proxy in front of the site at this address."""
    with LossyProxy(url) as proxy:
        Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy
        proxy.shutdown()
