from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "kiyose.tables"
    label = "tables"
