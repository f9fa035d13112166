from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "guides"

    def ready(self) -> None:
        from guides.searching import GUIDES
        from search.parts import register

        register(GUIDES)
