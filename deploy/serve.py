#!/usr/bin/env python3
"""
Serves the site and does its regular work, as one tree of processes.

    python deploy/serve.py 8000            # gunicorn
    python deploy/serve.py --reload 8000   # Django's server, which reloads changed code

Beside the web server it publishes every minute what is scheduled and goes on with translation
jobs, runs the clock of certification every hour and, where there is a Redis, the worker of
background tasks. It ends when it is told to (Ctrl-C, TERM) or when one of these ends, and leaves
no process behind.
"""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from subprocess import Popen, TimeoutExpired

DEPLOY = Path(__file__).resolve().parent
MANAGE = [sys.executable, str(DEPLOY.parent / "manage.py")]

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What is done again and again, and how many seconds after it was begun the last time. The clock
# of certification does a day's work once, however often it is asked.
REGULARLY = {"publish_scheduled": 60, "run_translation_jobs": 60, "certification_clock": 3600}
PATIENCE = 30  # seconds that a child has to end by itself


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.strip().partition("\n")[0])
    arguments.add_argument("port", type=int)
    arguments.add_argument("--reload", action="store_true")
    options = arguments.parse_args()

    for number in STOPPING:  # all of them as Ctrl-C, which raises KeyboardInterrupt
        signal.signal(number, signal.default_int_handler)
    children: list[Popen] = []
    try:
        children.append(Popen(web_server(options.port, options.reload)))
        if os.environ.get("REDIS_URL"):
            children.append(Popen([*MANAGE, "db_worker"]))
        return keep_working(children)
    except KeyboardInterrupt:
        return 0
    finally:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        end(children)


def web_server(port: int, reload: bool) -> list[str]:
    """The command of the web server, on this machine's own address only."""
    address = f"127.0.0.1:{port}"
    if reload:
        return [*MANAGE, "runserver", address]
    configuration = str(DEPLOY / "gunicorn.conf.py")
    return [sys.executable, "-m", "gunicorn", "--config", configuration, "--bind", address]


def keep_working(children: list[Popen]) -> int:
    """Starts the regular work when it is time for it, as long as all the others run."""
    servers = list(children)
    working: dict[str, Popen] = {}
    due = dict.fromkeys(REGULARLY, time.monotonic())
    while True:
        for command, pause in REGULARLY.items():
            is_working = command in working and working[command].poll() is None
            if not is_working and time.monotonic() >= due[command]:
                working[command] = Popen([*MANAGE, command])
                due[command] = time.monotonic() + pause
        children[:] = [*servers, *working.values()]
        for server in servers:
            if server.poll() is not None:
                return server.returncode or 1
        time.sleep(0.5)


def end(children: list[Popen]) -> None:
    """Asks every child to end, waits, and forces those that do not."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
