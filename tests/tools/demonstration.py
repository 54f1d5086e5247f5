"""
The demonstration as visitors get it, for as long as somebody looks at it.

It is `make run` itself (DEBUG off, static files collected and compressed, gunicorn), on a
database, a folder of uploads and a port of its own.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds for installing, migrating and loading

# What a shell or a surrounding make says must not change what is looked at.
NOT_INHERITED = (
    *("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "BASE_URL", "REDIS_URL", "EMAIL_URL"),
    *("FRONTEND_CACHE_URL", "MAKEFLAGS", "MAKEOVERRIDES"),
)


@contextmanager
def running_demonstration() -> Iterator[str]:
    """``with running_demonstration() as address:`` its address, without a closing slash.

    No process and no file of it is left afterwards, also when this program is told to end.
    What the site had to say is shown where something went wrong.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "w+") as log:
        environment = {k: v for k, v in os.environ.items() if k not in NOT_INHERITED} | {
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MEDIA_STORAGE_URL": f"file://{folder}/media",
            "DEMO_PASSWORD": "nobody-signs-in-here",
        }
        command = ["make", "--directory", ROOT, "run", f"PORT={port}"]
        site = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            if not answers(site, port):
                sys.exit("The site did not start.")
            yield f"http://127.0.0.1:{port}"
        except BaseException:
            log.seek(0)
            sys.stderr.write(log.read())
            raise
        finally:
            site.terminate()  # make passes it on and waits
            site.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]


def answers(site: subprocess.Popen, port: int) -> bool:
    """Whether the site answers before patience or the site itself ends."""
    deadline = time.monotonic() + PATIENCE
    while site.poll() is None and time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return True
        except (OSError, HTTPException):
            time.sleep(0.5)
        finally:
            connection.close()
    return False
