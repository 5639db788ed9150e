"""The field ``<todoita-code>`` in Django: its static files, a template tag, and forms that read codes without JavaScript.

``INSTALLED_APPS = ["todoita.django", …]``. The apps ``todoita.django.allauth`` and ``todoita.django.two_factor`` have
templates for django-allauth and django-two-factor-auth.
"""
