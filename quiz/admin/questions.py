"""Questions with their answers, and answers with what they weigh."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import URLPattern, path

from portal.conflicts import ConflictAdmin
from portal.logged import LoggedAdmin
from quiz.admin.fairness import fairness_screen
from quiz.asking import LEAST_ANSWERS
from quiz.models import Answer, Question, Weight


class Answers(BaseInlineFormSet):
    """The answers of a question: at least two."""

    default_error_messages = {
        **BaseInlineFormSet.default_error_messages,
        "too_few_forms": "A question needs two answers or more.",
    }


class AnswerInline(admin.TabularInline):
    model = Answer
    formset = Answers
    fields = ("text", "position")
    extra = 0
    min_num = LEAST_ANSWERS
    validate_min = True
    show_change_link = True
    verbose_name_plural = "answers; what each weighs stands behind its link"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{**kwargs, "validate_min": True})


class WeightInline(admin.TabularInline):
    model = Weight
    fields = ("guide", "points", "reason")
    extra = 1
    verbose_name_plural = "what it says of careers; those that are not named it says nothing of"


@admin.register(Question)
class QuestionAdmin(ConflictAdmin, LoggedAdmin):
    """What is asked, and the answers to choose from."""

    change_list_template = "admin/quiz/question/change_list.html"
    list_display = ("text", "answer_count", "position", "is_active")
    list_filter = ("is_active",)
    search_fields = ("text", "slug", "answers__text")
    prepopulated_fields = {"slug": ("text",)}
    fields = ("text", "slug", "help", ("position", "is_active"))
    inlines = (AnswerInline,)

    def get_urls(self) -> list[URLPattern]:
        screen = self.admin_site.admin_view(fairness_screen)
        return [path("fairness/", screen, name="quiz_question_fairness"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(answer_count=Count("answers", distinct=True))

    @admin.display(description="answers")
    def answer_count(self, question: Any) -> int:
        return question.answer_count

    def logged_values(self, thing: Question) -> dict[str, Any]:
        """Return what is stored of a question, with its answers."""
        return super().logged_values(thing) | {"answers": [answer.text for answer in thing.answers.all()]}


@admin.register(Answer)
class AnswerAdmin(ConflictAdmin, LoggedAdmin):
    """An answer and what it weighs. Answers are added on the page of their question."""

    list_display = ("text", "question", "told")
    list_select_related = ("question",)
    list_filter = (("question", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("text", "question__text")
    ordering = ("question__position", "question", "position")
    fields = ("question", "text", "position")
    readonly_fields = ("question",)
    inlines = (WeightInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("weights__guide")

    @admin.display(description="what it says")
    def told(self, answer: Answer) -> str:
        return _told(answer.weights.all())

    def logged_values(self, thing: Answer) -> dict[str, Any]:
        """Return what is stored of an answer, with what it weighs."""
        return super().logged_values(thing) | {"weights": _told(thing.weights.select_related("guide"))}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Refuse to leave a question with fewer than two answers."""
        refusals = [
            f"{question}: it would have fewer than {LEAST_ANSWERS} answers left. Delete the question instead."
            for question in {answer.question for answer in objs}
            if question.answers.exclude(pk__in=[answer.pk for answer in objs]).count() < LEAST_ANSWERS
        ]
        if refusals:
            return [], {}, set(), refusals
        return super().get_deleted_objects(objs, request)


def _told(weights: Iterable[Weight]) -> str:
    return ", ".join(map(str, weights)) or "nothing of any career"
