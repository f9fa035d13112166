"""Importing courses in the studio: what would become of each row is seen before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Any, cast, overload

from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from courses.admin.import_form import ImportForm
from courses.importing import keeping
from courses.importing.drafts import Options
from courses.importing.fates import Fate, Verdict
from courses.importing.planning import File, Plan, plan
from courses.importing.refusal import Unreadable
from courses.importing.storing import Outdated, store
from courses.models import Course
from portal.log import log

if TYPE_CHECKING:
    from accounts.models import User

MAY = ("courses.add_course", "courses.change_course", "courses.add_provider", "courses.add_skill")
PAGE_SIZE = 100
LOGGED = 1000  # courses whose changes are logged one by one
SCREEN = "admin:courses_course_import"


@dataclass(frozen=True)
class Fates(Sequence[Fate]):
    """The fates of a plan, or those with one verdict, read from the disk as far as they are shown."""

    plan: Plan
    verdict: str

    def __len__(self) -> int:
        return self.plan.counts[self.verdict] if self.verdict else sum(self.plan.counts.values())

    @overload
    def __getitem__(self, part: int) -> Fate: ...
    @overload
    def __getitem__(self, part: slice) -> list[Fate]: ...
    def __getitem__(self, part: Any) -> Any:
        wanted = (fate for fate in self.plan.fates() if self.verdict in ("", fate.verdict))
        if isinstance(part, slice):
            return list(islice(wanted, part.start, part.stop))
        return next(islice(wanted, part, None))


def import_screen(request: HttpRequest) -> HttpResponse:
    """Take a file, show what would become of its rows, and store that."""
    if not _staff(request).has_perms(MAY):
        raise PermissionDenied
    if request.method == "POST" and "plan" in request.POST:
        return _store(request, request.POST["plan"])
    if request.method == "POST":
        return _receive(request)
    return _planned(request, request.GET["plan"]) if "plan" in request.GET else _form(request, ImportForm())


def _receive(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return redirect(_address(_arrived(form)))
        except Unreadable as refused:
            form.add_error("file", str(refused))
    return _form(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _arrived(form: ImportForm) -> str:
    """Return the key under which the upload of `form` and its plan are kept. Raises `Unreadable`."""
    said = form.cleaned_data
    asked = {name: said[name] for name in ("columns", "source", "retrieved_on", "currency", "encoding")}
    key = keeping.keep(said["file"].chunks())
    try:
        _plan(key, asked | {"name": said["file"].name})
    except Unreadable:
        keeping.forget(key)
        raise
    return key


def _plan(key: str, asked: dict[str, Any]) -> None:
    """Plan what the kept upload would do, and keep that."""
    day = asked["retrieved_on"]
    options = Options(
        asked["source"], date.fromisoformat(day) if isinstance(day, str) else day, asked["currency"]
    )
    upload, to = keeping.paths(key)
    made = plan(File(upload, asked["name"], asked["encoding"], asked["columns"], options), to)
    keeping.note(key, made, asked)


def _planned(request: HttpRequest, key: str) -> HttpResponse:
    if (kept := keeping.noted(key)) is None:
        return _gone(request)
    made, asked = kept
    verdict = request.GET.get("fate", "")
    fates = Fates(made, verdict if verdict in list(Verdict) else "")
    page: Page[Fate] = Paginator(fates, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = [(str(each), made.counts[each]) for each in Verdict]
    context = _context(request) | {
        "plan": made,
        "key": key,
        "name": asked["name"],
        "counts": counts,
        "made": [_made("providers", made.providers), _made("skills", made.skills)],
        "page": page,
        "fate": fates.verdict,
    }
    return render(request, "admin/courses/course/import_plan.html", context)


def _made(what: str, names: dict[str, str]) -> tuple[str, int, list[str]]:
    return what, len(names), list(names.values())[:PAGE_SIZE]


def _store(request: HttpRequest, key: str) -> HttpResponse:
    """Store the plan that was looked at; one that no longer holds is made anew, to be looked at."""
    if (kept := keeping.noted(key)) is None:
        return _gone(request)
    made, asked = kept
    try:
        with transaction.atomic():
            store(made)
            _log(_staff(request), made, asked["name"])
    except Outdated:
        _plan(key, asked)
        messages.warning(request, "The catalog changed since. Nothing was stored; look at the plan again.")
        return redirect(_address(key))
    keeping.forget(key)
    messages.success(request, _told(made, asked["name"]))
    return redirect("admin:courses_course_changelist")


def _log(by: "User", made: Plan, name: str) -> None:
    """Log the import; and the courses that it changed, unless they are very many."""
    log(by, ContentType.objects.get_for_model(Course), _told(made, name))
    if made.counts[Verdict.CHANGED] <= LOGGED:
        for fate in made.fates():
            if "pk" in fate.orders:
                before = {field: values[0] for field, values in fate.changes.items()}
                after = {field: values[1] for field, values in fate.changes.items()}
                course = Course(pk=fate.orders["pk"], title=fate.title)
                log(by, course, f"Imported from “{name}”.", before=before, after=after)


def _told(made: Plan, name: str) -> str:
    counts = ", ".join(f"{made.counts[verdict]} {verdict}" for verdict in Verdict)
    return f"Imported courses from “{name}”: {counts}."


def _gone(request: HttpRequest) -> HttpResponse:
    messages.error(request, "This upload is no longer kept, or was imported already. Upload the file again.")
    return redirect(SCREEN)


def _address(key: str) -> str:
    return f"{reverse(SCREEN)}?plan={key}"


def _form(request: HttpRequest, form: ImportForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = _context(request) | {"form": form}
    return render(request, "admin/courses/course/import.html", context, status=status)


def _context(request: HttpRequest) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": "Import courses", "opts": Course._meta}


def _staff(request: HttpRequest) -> "User":
    return cast("User", request.user)
