from django.apps import AppConfig


class GapConfig(AppConfig):
    name = "gap"
