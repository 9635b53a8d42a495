"""Settings of gunicorn for production, demo and tests: `gunicorn --config python:ostberga.http.gunicorn_config`."""

import os
from typing import Any

from ostberga.http.slow_bodies import Pace, forget_pace

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# No request header becomes SCRIPT_NAME or PATH_INFO, whoever sends it; headers with an underscore are dropped.
forwarder_headers = ""
header_map = "drop"
# The application reads X-Forwarded-Proto itself (SECURE_PROXY_SSL_HEADER).
secure_scheme_headers: dict[str, str] = {}
logger_class = "ostberga.http.gunicorn_logger.PrivateLogger"
accesslog = None
control_socket_disable = True


def pre_request(_worker: Any, request: Any) -> None:
    """Begin the time of the body: gunicorn calls this when it has read the head."""
    Pace().keep(request.unreader)


def post_request(_worker: Any, request: Any, _environ: Any, _response: Any) -> None:
    """End it."""
    forget_pace(request.unreader)
