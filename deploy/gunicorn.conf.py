"""How gunicorn serves the site. WEB_CONCURRENCY sets the number of processes."""

from pathlib import Path

wsgi_app = "kiyose.wsgi:application"
pythonpath = str(Path(__file__).resolve().parents[1] / "site")

# Loading before forking: a wrong setting ends the start instead of restarting for ever.
preload_app = True
threads = 8
timeout = 60
graceful_timeout = 20

# Nothing outside is meant to steer it while it runs.
control_socket_disable = True
