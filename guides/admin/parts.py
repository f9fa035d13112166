"""What sections, stages and steps have in common in the studio: they are parts of a guide's working copy."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import QuerySet, TextField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from guides.admin.choosing import StepsOfGuide, unwrapped
from guides.admin.prose import Prose
from guides.admin.staff import staff
from guides.admin.standing import Part, standing_of
from guides.comparison.words import Piece, words_between
from guides.editing import editing, lock
from guides.models import Guide, Stage, Step
from guides.outline import stand
from portal.conflicts import ConflictAdmin, ConflictForm
from portal.logged import LoggedAdmin


class ProseForm(ConflictForm):
    """A form with texts, which are compared word by word."""

    def pieces_of(self, stored: str, typed: str) -> Sequence[Piece]:
        return words_between(stored, typed, context=None)


class PartForm(ProseForm):
    """A part of a guide; `guide_id` is that of its guide, or None while that is to be chosen."""

    guide_id: ClassVar[UUID | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, StepsOfGuide):
                field.widget.guide_id = self.guide_id
        if self.guide_id and "guide" in self.fields:  # it was chosen before one came here
            self.fields["guide"].widget = forms.HiddenInput()

    def own_steps(self, name: str) -> QuerySet[Step]:
        """Return the steps of the field `name`. Raises `ValidationError` if one is of another guide."""
        steps: QuerySet[Step] = self.cleaned_data[name]
        guide = self.guide_id or getattr(self.cleaned_data.get("guide"), "pk", None)
        if guide and (foreign := steps.exclude(guide=guide)):
            names = ", ".join(f"“{step}”" for step in foreign)
            raise forms.ValidationError(f"Only steps of this guide can be named here, not {names}.")
        return steps


class PartAdmin(ConflictAdmin, LoggedAdmin):
    """A part of a guide's working copy: each change raises the version of the guide."""

    form = PartForm
    formfield_overrides: ClassVar[dict[type[Any], dict[str, Any]]] = {TextField: {"form_class": Prose}}
    list_select_related: ClassVar[tuple[str, ...]] = ("guide",)
    list_filter: ClassVar[tuple[Any, ...]] = ("guide",)
    list_per_page = 200
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("guide",)
    prepopulated_fields = {"slug": ("title",)}

    # --- What a part of the studio says for itself ---

    def row(self, part: Any) -> Sequence[Part]:
        """Return the parts among which `part` stands, in order."""
        return list(type(part)._default_manager.filter(guide=part.guide_id).only("title", "guide"))

    def home(self, part: Any) -> str:
        """Return the address of the screen where `part` stands among its like."""
        return f"{reverse('admin:guides_guide_outline', args=[part.guide_id])}?at={part.pk}"

    # --- Forms ---

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.guide_id = obj.guide_id if obj else uuid_of(request.GET.get("guide"))  # a class for this request
        return form

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return unwrapped(field) if db_field.related_model in (Guide, Stage, Step) else field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Step:
            kwargs["widget"] = StepsOfGuide(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for the guide of a new part. It stays with it then: learners may have a word on it there."""
        (title, first), *others = super().get_fieldsets(request, obj)
        asked = ("guide",) if obj is None and "guide" in self.autocomplete_fields else ()
        return [(title, {**first, "fields": (*asked, *first["fields"])}), *others]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the address sets, without ids that are none."""
        initial = super().get_changeform_initial_data(request)
        return {
            name: value for name, value in initial.items() if name not in ("guide", "stage") or uuid_of(value)
        }

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        chosen = uuid_of(request.GET.get("guide"))
        context["guide"] = obj.guide if obj else chosen and Guide.objects.filter(pk=chosen).first()
        context["standing"] = standing_of(obj, self.row(obj)) if obj else None
        context["home"] = self.home(obj) if obj else ""
        context["show_save_and_add_another"] = False
        context["show_delete"] = bool(obj and not self.refusal(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- Saving and deleting ---

    def lock(self, thing: Any) -> None:
        lock(thing.guide)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with editing(obj.guide, by=staff(request)):
            super().save_model(request, obj, form, change)
            self.place(request, obj, form, change)

    def place(self, request: HttpRequest, part: Any, form: Any, change: bool) -> None:
        """Give a part that was just saved its place: a new one stands last."""
        if not change:
            stand(part)

    def refusal(self, request: HttpRequest, part: Any) -> str:
        """Say why `part` cannot be deleted and what to do instead; empty if it can be."""
        return ""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        refusals = [refusal for part in objs if (refusal := self.refusal(request, part))]
        return ([], {}, set(), refusals) if refusals else super().get_deleted_objects(objs, request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with editing(obj.guide, by=staff(request)):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete parts of several guides: each of these is changed once."""
        for guide in Guide.objects.filter(pk__in=queryset.values("guide")).order_by("pk"):
            with editing(guide, by=staff(request)):
                super().delete_queryset(request, queryset.filter(guide=guide))

    # --- Where one goes from here ---

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_next" not in request.POST:
            return super().response_change(request, obj)
        self.message_user(request, f"Saved “{obj}”.")
        standing = standing_of(obj, self.row(obj))
        if standing is None or standing.next is None:
            return redirect(self.home(obj))
        return redirect(f"admin:guides_{self.opts.model_name}_change", standing.next.pk)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._home(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._home(request, obj)

    def _home(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Lead back to the list that one came from, else to where the part stands."""
        if self.get_preserved_filters(request):
            return super().response_post_save_change(request, obj)
        return redirect(self.home(obj))


def uuid_of(text: Any) -> UUID | None:
    """Return the id that `text` is; None if it is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
