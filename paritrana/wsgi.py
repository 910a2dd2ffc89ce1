"""The WSGI entry point."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paritrana.settings.demo")
application = get_wsgi_application()

# Threads share a worker: one that holds a lock of the database and comes back with an answer would wait up to five
# milliseconds for each of the others to let go of the interpreter, and everybody else for it.
sys.setswitchinterval(0.0005)
