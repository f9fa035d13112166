from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from courses.searching import CATALOG
        from search.parts import register

        register(CATALOG)
