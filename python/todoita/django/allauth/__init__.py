"""Templates and forms for django-allauth: two-factor sign-in, recovery codes, and codes that are mailed.

Put ``todoita.django.allauth`` before ``allauth`` in ``INSTALLED_APPS``, and set ``MFA_FORMS`` and ``ACCOUNT_FORMS`` to those of
``todoita.django.allauth.settings``.
"""
