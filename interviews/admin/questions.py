"""Questions, and their topics."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from interviews.models import Question, Topic
from portal.conflicts import ConflictAdmin
from portal.log import log
from portal.logged import LoggedAdmin

if TYPE_CHECKING:
    from accounts.models import User


@admin.register(Topic)
class TopicAdmin(ConflictAdmin, LoggedAdmin):
    list_display = ("name", "slug", "position")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Question)
class QuestionAdmin(ConflictAdmin, LoggedAdmin):
    """Questions with their answers. One that somebody practised can be retired, and not deleted."""

    list_display = ("text", "topic", "difficulty", "kind", "source", "is_active")
    list_select_related = ("topic", "source")
    list_filter = ("is_active", "topic", "difficulty", "kind", ("guides", admin.RelatedOnlyFieldListFilter))
    search_fields = ("text", "slug", "answer")
    autocomplete_fields = ("topic", "guides", "source")
    prepopulated_fields = {"slug": ("text",)}
    actions = ("retire", "put_back")
    fieldsets = (
        (None, {"fields": ("text", "slug", "answer", "shows", "mistakes")}),
        ("Where it belongs", {"fields": ("topic", "difficulty", "kind", "guides")}),
        ("Who names the topic", {"fields": ("source", "asked_by")}),
        ("Whether it is asked", {"fields": ("is_active",)}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give the answer room; a question is longer than a line of the studio."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "text" and field is not None:
            field.widget = forms.Textarea(attrs={"rows": 2, "cols": 80, "maxlength": db_field.max_length})
        return field

    @admin.action(description="Retire: no longer ask", permissions=["change"])
    def retire(self, request: HttpRequest, questions: QuerySet[Question]) -> None:
        """Take questions off the pages and out of practice; learners keep what they did."""
        self._mark(request, questions, is_active=False)

    @admin.action(description="Put back: ask again", permissions=["change"])
    def put_back(self, request: HttpRequest, questions: QuerySet[Question]) -> None:
        """Ask retired questions again; the cards of learners are as they were."""
        self._mark(request, questions, is_active=True)

    def _mark(self, request: HttpRequest, questions: QuerySet[Question], *, is_active: bool) -> None:
        marked = list(Question.objects.select_for_update().filter(pk__in=[each.pk for each in questions]))
        for question in marked:
            before = {"active": question.is_active}
            question.is_active = is_active
            question.save(update_fields=["is_active"])
            words = "" if before["active"] != is_active else "Left as it was."
            log(cast("User", request.user), question, words, before=before, after={"active": is_active})
        messages.success(request, f"{'Asked again' if is_active else 'Retired'}: {len(marked)}.")
