from django.apps import AppConfig


class JapaneseConfig(AppConfig):
    name = "kiyose.japanese"
    label = "japanese"
