from django.apps import AppConfig


class WordsConfig(AppConfig):
    name = "kiyose.words"
    label = "words"
