"""The site of tests/hosts/django without a server or a browser. Its database is in memory."""

import functools
import os
import pathlib
import sys

import django

SITE = pathlib.Path(__file__).parents[2] / "tests" / "hosts" / "django"

sys.path.insert(0, str(SITE))
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
os.environ["DATABASE"] = ":memory:"
django.setup()


@functools.cache
def database():
    """The database with its tables, made at once instead of by all migrations."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)


def account(client, kind):
    """A new account, by the address of the site that enrols one."""
    database()
    return client.get("/fresh", {"kind": kind}).json()
