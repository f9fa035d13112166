from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"
    verbose_name = "Interview practice"

    def ready(self) -> None:
        from interviews.searching import INTERVIEWS
        from search.parts import register

        register(INTERVIEWS)
