from django.apps import AppConfig


class TodoitaTwoFactorConfig(AppConfig):
    name = "todoita.django.two_factor"
    label = "todoita_two_factor"
    verbose_name = "todoita for two-factor-auth"
