from django.apps import AppConfig


class TodoitaAllauthConfig(AppConfig):
    name = "todoita.django.allauth"
    label = "todoita_allauth"
    verbose_name = "todoita for allauth"
