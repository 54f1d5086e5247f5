"""The entry point of web servers: `kiyose.wsgi:application`, with `site/` on the path."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiyose.settings")

application = get_wsgi_application()
