from django.apps import AppConfig


class TodoitaConfig(AppConfig):
    name = "todoita.django"
    label = "todoita"
    verbose_name = "todoita"
