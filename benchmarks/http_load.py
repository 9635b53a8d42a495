"""An HTTP load generator with keep-alive connections; light, since it shares the machine with the server."""

import socket
import threading
import time
from collections.abc import Callable

MakeRequest = Callable[[], bytes]


def request(method: str, path: str, body: bytes = b"") -> bytes:
    """Return the bytes of an HTTP request."""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n"
    if body:
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def responses_per_second(
    port: int, make: MakeRequest, *, expect: int, connections: int = 8, seconds: float = 5.0
) -> float:
    """Return the responses per second with status `expect`. Exits at any other status."""
    counts, wrong = [0] * connections, []
    end = time.perf_counter() + seconds

    def run(number: int) -> None:
        line = _connect(port)
        while time.perf_counter() < end and not wrong:
            status, answer, stays_open = _ask(line, make())
            if status == 0:  # the server closed the connection
                line = _connect(port)
                continue
            if status != expect:
                wrong.append(answer[:2000])
            counts[number] += 1
            if not stays_open:
                line = _connect(port)
        line.close()

    started = time.perf_counter()
    threads = [threading.Thread(target=run, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"Väntade {expect}, fick:\n{wrong[0].decode(errors='replace')}")
    return sum(counts) / (time.perf_counter() - started)


def _connect(port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), 30)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def _ask(line: socket.socket, request_bytes: bytes) -> tuple[int, bytes, bool]:
    """Return status, response and whether the connection may be reused; status 0 if it was closed."""
    try:
        line.sendall(request_bytes)
        data = line.recv(65536)
    except ConnectionError:
        return 0, b"", False
    if not data:
        return 0, b"", False
    while b"\r\n\r\n" not in data:
        data += line.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    head = head.lower()
    length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]) if b"content-length:" in head else 0
    while len(body) < length:
        body += line.recv(65536)
    return int(head[9:12]), data, b"connection: close" not in head
