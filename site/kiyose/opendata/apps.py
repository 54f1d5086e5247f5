from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "kiyose.opendata"
    label = "opendata"
