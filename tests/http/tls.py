"""A certificate for localhost, and proxies that answer with it: Python's own server, and Caddy if installed."""

import datetime as dt
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_connection
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ostberga.local.process import spawn, stop
from tests.house.files import ROOT

NOT_PASSED_ON = {"connection", "transfer-encoding", "keep-alive", "x-forwarded-for", "x-forwarded-proto"}


@dataclass(frozen=True)
class Certificate:
    """The files of a certificate that signs itself."""

    cert: Path
    key: Path


def make_certificate(folder: Path) -> Certificate:
    """Write a certificate for localhost, valid for longer than any clock of the tests says."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    first, last = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2060, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(first).not_valid_after(last)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    files = Certificate(folder / "cert.pem", folder / "key.pem")
    files.cert.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files.key.write_bytes(key.private_bytes(*pem))
    return files


@contextmanager
def _python(port: int, behind: int, certificate: Certificate) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(behind))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.cert, certificate.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _handler(behind: int) -> type[BaseHTTPRequestHandler]:
    class PassOn(BaseHTTPRequestHandler):
        """Sends the request on to gunicorn, as a proxy with a certificate does."""

        def do_GET(self) -> None:
            line = HTTPConnection("127.0.0.1", behind, timeout=30)
            headers = {name: text for name, text in self.headers.items() if name.lower() not in NOT_PASSED_ON}
            headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": self.client_address[0]}
            length = int(self.headers.get("Content-Length") or 0)
            line.request(self.command, self.path, self.rfile.read(length) if length else None, headers)
            reply = line.getresponse()
            body = reply.read()
            self.send_response(reply.status)
            for name, text in reply.getheaders():
                if name.lower() not in {*NOT_PASSED_ON, "server", "date", "content-length"}:
                    self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    return PassOn


def start_caddy(port: int, behind: int, certificate: Certificate) -> subprocess.Popen[bytes]:
    """Start Caddy with the site's file, on this port, and return once it takes connections."""
    folder = certificate.cert.parent
    site = (ROOT / "docs" / "drift" / "Caddyfile").read_text()
    site = site.replace("{$SITE_URL} {", f"https://localhost:{port} {{\n\ttls {certificate.cert} {certificate.key}")
    site = site.replace("{\n", "{\n\tadmin off\n\tauto_https disable_redirects\n", 1)
    site = site.replace("/etc/caddy/proxy", str(ROOT / "docs" / "drift" / "proxy"))
    (folder / "Caddyfile").write_text(site.replace("web:8000", f"127.0.0.1:{behind}"))
    env = {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    command = [shutil.which("caddy") or "caddy", "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"]
    child = spawn([*map(str, command)], log=folder / "caddy.log", cwd=folder, env=env)
    try:
        _wait_for(child, port, folder / "caddy.log")
    except AssertionError:
        stop(child, seconds=5)
        raise
    return child


@contextmanager
def _caddy(port: int, behind: int, certificate: Certificate) -> Iterator[None]:
    child = start_caddy(port, behind, certificate)
    try:
        yield
    finally:
        stop(child, seconds=5)


def _wait_for(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and child.poll() is None:
        try:
            create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"Caddy did not start:\n{log.read_text()}")


Proxy = Callable[[int, int, Certificate], AbstractContextManager[None]]
# Caddy only where it is installed: a fresh machine tests the same promises through Python's server.
PROXIES: Mapping[str, Proxy] = {"python": _python} | ({"caddy": _caddy} if shutil.which("caddy") else {})
