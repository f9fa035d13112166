"""The inbox: what people wrote, read and answered by support."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from inbox.answering import NotSent, Overtaken, answer, set_status
from inbox.forms import ReplyForm
from inbox.models import Message
from portal.logged import LoggedAdmin

OVERTAKEN = (
    "Somebody did something with this message since you opened it: look at it above. "
    "Nothing was sent, and your text is still here. If it is still needed, send it again."
)
NOT_SENT = "The mail server did not take the mail. Your text is still here: try again later."


@admin.register(Message)
class MessageAdmin(LoggedAdmin):
    """Messages, the latest first. Nobody can change what somebody wrote."""

    list_display = ("subject", "sender", "status", "reply_count", "received_at")
    list_filter = ("status",)
    search_fields = ("subject", "email", "name", "text")
    date_hierarchy = "received_at"
    actions = ("close_messages", "mark_spam")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return Message.objects.for_inbox().annotate(sent=Count("replies"))

    @admin.display(description="from")
    def sender(self, message: Message) -> str:
        return f"{message.name} <{message.email}>" if message.name else message.email

    @admin.display(description="replies")
    def reply_count(self, message: Any) -> int:
        return int(message.sent)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        mark = path(
            "<int:pk>/mark/", self.admin_site.admin_view(require_POST(self.mark)), name="inbox_message_mark"
        )
        return [mark, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a message with its replies; with POST, answer it."""
        message = self._message(request, object_id)
        if request.method != "POST":
            return self._screen(request, message, ReplyForm(initial={"seen": message.version}))
        if not self.has_change_permission(request, message):
            raise PermissionDenied
        form = ReplyForm(request.POST)
        if form.is_valid() and self._answer(request, message, form):
            messages.success(request, f"Your reply is on its way to {message.email}.")
            return redirect("admin:inbox_message_change", message.pk)
        return self._screen(request, message, form, HTTPStatus.BAD_REQUEST)

    def mark(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close a message, open it again, or put it to the spam."""
        message = self._message(request, str(pk))
        if not self.has_change_permission(request, message):
            raise PermissionDenied
        status = request.POST.get("status", "")
        if status in (Message.Status.OPEN, Message.Status.CLOSED, Message.Status.SPAM):
            set_status(message, status, by=cast(User, request.user))
            messages.success(request, f"Message {message.pk} is marked as {status}.")
        return redirect("admin:inbox_message_change", message.pk)

    @admin.action(description="Close", permissions=["change"])
    def close_messages(self, request: HttpRequest, found: QuerySet[Message]) -> None:
        """Close messages without an answer."""
        self._mark_all(request, found, Message.Status.CLOSED)

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_spam(self, request: HttpRequest, found: QuerySet[Message]) -> None:
        """Put messages to the spam."""
        self._mark_all(request, found, Message.Status.SPAM)

    def _mark_all(self, request: HttpRequest, found: QuerySet[Message], status: str) -> None:
        by = cast(User, request.user)
        done = sum(set_status(message, status, by=by) for message in found.annotate(sent=Count("replies")))
        messages.success(request, f"Marked as {status}: {done}.")

    def _message(self, request: HttpRequest, object_id: str) -> Message:
        """Return the message, if this member of the staff may see it."""
        message = self.get_object(request, object_id)
        if not self.has_view_permission(request, message):
            raise PermissionDenied
        if message is None:
            raise Http404("There is no such message; it may be forgotten.")
        return cast(Message, message)

    def _answer(self, request: HttpRequest, message: Message, form: ReplyForm) -> bool:
        """Send what `form` says; False if that cannot be, which the form then says."""
        said = form.cleaned_data
        try:
            answer(message, said["text"], by=cast(User, request.user), seen=said["seen"] or 0)
        except Overtaken:
            form.add_error(None, OVERTAKEN)
        except NotSent:
            form.add_error(None, NOT_SENT)
        return form.is_valid()

    def _screen(
        self, request: HttpRequest, message: Message, form: ReplyForm, status: HTTPStatus = HTTPStatus.OK
    ) -> HttpResponse:
        message.refresh_from_db(fields=["status", "version"])
        context = {
            **self.admin_site.each_context(request),
            "title": message.subject,
            "opts": self.opts,
            "message": message,
            "replies": message.replies.select_related("by"),
            "form": form,
            "may_answer": self.has_change_permission(request, message),
            "may_delete": self.has_delete_permission(request, message),
            "list": reverse("admin:inbox_message_changelist"),
        }
        return TemplateResponse(request, "admin/inbox/message.html", context, status=status)
