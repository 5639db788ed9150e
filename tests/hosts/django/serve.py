"""Serves the site on a free port, and prints its address. Its database is deleted with it."""

import os
import signal
import sys
import tempfile

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

with tempfile.TemporaryDirectory(prefix="todoita-django-") as folder:
    os.environ["DATABASE"] = os.path.join(folder, "db")
    django.setup()

    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    # Threads: a browser opens connections that it does not use at once.
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.daemon_threads = True
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
