"""Templates and the sign-in view for django-two-factor-auth, with the devices of django-otp.

Put ``todoita.django.two_factor`` before ``two_factor`` in ``INSTALLED_APPS``, and its ``LoginView`` before two_factor's addresses:
``path("account/login/", todoita.django.two_factor.views.LoginView.as_view())``.
"""
