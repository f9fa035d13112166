"""The log in the studio: what staff did, to be read by those who may see what it was done to."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.admin.editions import ReadOnlyAdmin
from guides.admin.staff import staff
from portal.admin.differences import differences_of
from portal.log import words_of


class Called(admin.FieldListFilter):
    """A filter under a name of its own."""

    called: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = self.called


class ByPerson(Called, admin.RelatedOnlyFieldListFilter):
    called = "person"


class ByVerb(Called, admin.ChoicesFieldListFilter):
    called = "what was done"


class ByThing(Called, admin.RelatedOnlyFieldListFilter):
    called = "kind of thing"
    include_empty_choice = False


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """The log. Nobody adds to it, changes it or deletes from it by hand, superusers included."""

    list_display = ("when", "who", "verb", "thing", "words")
    list_filter = (("user", ByPerson), ("action_flag", ByVerb), ("content_type", ByThing))
    list_select_related = ("user", "content_type")
    list_per_page = 50  # an entry may hold a long text twice
    search_fields = ("object_repr", "change_message", "user__email")

    def get_queryset(self, request: HttpRequest) -> QuerySet[LogEntry]:
        entries = super().get_queryset(request).select_related("user", "content_type")
        return entries if staff(request).is_superuser else entries.filter(self._visible(request))

    def _visible(self, request: HttpRequest) -> Q:
        """Return the condition that an entry is about something that the person may look at."""
        visible = Q(pk__in=[])
        for model, screens in self.admin_site._registry.items():
            if screens.has_view_or_change_permission(request):
                options = model._meta
                visible |= Q(
                    content_type__app_label=options.app_label, content_type__model=options.model_name
                )
        return visible

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "What staff did", **(extra_context or {})})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: LogEntry | None = None,
    ) -> HttpResponse:
        """Show what was done, before and after."""
        if obj:
            told = {"thing": self.thing(obj), "differences": differences_of(obj)}
            context |= {"title": words_of(obj), "subtitle": None, **told}
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description="when (UTC)", ordering="action_time")
    def when(self, entry: LogEntry) -> str:
        return f"{entry.action_time:%-d %b %Y, %H:%M}"

    @admin.display(description="who", ordering="user__email")
    def who(self, entry: LogEntry) -> str:
        return str(entry.user)

    @admin.display(description="kind", ordering="action_flag")
    def verb(self, entry: LogEntry) -> str:
        return str(entry.get_action_flag_display())

    @admin.display(description="thing", ordering="object_repr")
    def thing(self, entry: LogEntry) -> SafeString:
        kind = entry.content_type.name if entry.content_type else "something that is no more"
        address = None if entry.is_deletion() else entry.get_admin_url()
        if address is None:
            return format_html("{} “{}”", kind, entry.object_repr)
        return format_html('{} “<a href="{}">{}</a>”', kind, address, entry.object_repr)

    @admin.display(description="what was done")
    def words(self, entry: LogEntry) -> str:
        return words_of(entry)
