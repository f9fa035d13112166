"""Jobs for clients of the API."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import get_current_timezone, is_aware, make_aware
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from guides.models import Edition
from jobs.listing import LONGEST
from jobs.models import FeedEntry, Posting
from portal.openapi import problems

OWN = ("guide", "place", "q", "since")
KNOWN = (*OWN, "page", "page_size")


class JobSerializer(serializers.ModelSerializer[Posting]):
    """A job; empty and null are unknown. `guides` are slugs, `publishers` those whose feeds list it."""

    guides = serializers.SerializerMethodField()
    publishers = serializers.SerializerMethodField()

    class Meta:
        model = Posting
        fields = (
            "id",
            "title",
            "company",
            "place",
            "link",
            "summary",
            "guides",
            "publishers",
            "published_at",
            "first_seen_at",
            "last_seen_at",
        )

    def get_guides(self, posting: Any) -> list[str]:
        slugs = self.context["slugs"]
        return sorted(
            {slugs[entry.feed.guide_id] for entry in posting.current if entry.feed.guide_id in slugs}
        )

    def get_publishers(self, posting: Any) -> list[str]:
        return sorted({entry.feed.publisher for entry in posting.current})


PARAMETERS = [
    OpenApiParameter("guide", str, description="Jobs for this career, by its slug."),
    OpenApiParameter(
        "place", str, description="Jobs at this place, in the words of the feed; case is the same."
    ),
    OpenApiParameter("q", str, description="Jobs with all these words in title, company, place or summary."),
    OpenApiParameter(
        "since", str, description="Published, or else first seen, at or after this day or moment (ISO 8601)."
    ),
]


@extend_schema(
    summary="Jobs from the feeds that staff added, the newest first",
    parameters=PARAMETERS,
    responses={200: JobSerializer(many=True), **problems(400, 404)},
)
class JobsView(ListAPIView[Posting]):
    serializer_class = JobSerializer
    queryset = Posting.objects.none()  # for the description
    filter_backends = ()
    authentication_classes = ()  # the same for everybody, so that a client may ask whether it changed

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().list(request, *args, **kwargs)
        response["Cache-Control"] = "no-cache"
        return response

    def get_queryset(self) -> QuerySet[Posting]:
        asked = asked_of(self.request)
        jobs = _filtered(self._public(), asked)
        current = self._entries(self._slugs).select_related("feed")
        return jobs.prefetch_related(Prefetch("entries", queryset=current, to_attr="current"))

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "slugs": self._slugs}

    def _public(self) -> QuerySet[Posting]:
        """Return the jobs of careers that everybody may read of."""
        editions = Edition.objects.public().values_list("guide", "slug")
        self._slugs: dict[Any, str] = dict(editions)
        guide = self.request.query_params.get("guide")
        if guide is not None and guide not in self._slugs.values():
            some = ", ".join(sorted(self._slugs.values())[:12])
            raise ValidationError({"guide": f"There is no guide “{guide[:80]}”. Use one of {some}."})
        wanted = [pk for pk, slug in self._slugs.items() if guide in (None, slug)]
        listed = self._entries(wanted).values("posting")
        return Posting.objects.filter(pk__in=listed, hidden_at=None)

    def _entries(self, guides: Iterable[Any]) -> QuerySet[FeedEntry]:
        """Return what the feeds of these careers list now."""
        return FeedEntry.objects.filter(gone_at=None, feed__active=True, feed__guide__in=list(guides))


def asked_of(request: Request) -> dict[str, str]:
    """Return the filters that a request sets. Raises `ValidationError`, naming each that is refused."""
    params = request.query_params
    faults = {
        name: f"There is no parameter “{name[:80]}”. Use some of {', '.join(KNOWN)}."
        for name in params
        if name not in KNOWN
    }
    faults |= {name: "Give it once." for name in OWN if len(params.getlist(name)) > 1}
    for name in ("guide", "place", "q"):
        if fault := _fault_of(params.get(name)):
            faults.setdefault(name, fault)
    if faults:
        raise ValidationError(faults)
    return {name: params[name] for name in OWN if name in params}


def _fault_of(text: str | None) -> str:
    if text is None:
        return ""
    if not text.strip():
        return "Give it some text, or leave it out."
    if "\0" in text:
        return "Leave out the character NUL."
    return f"Give at most {LONGEST} characters." if len(text) > LONGEST else ""


def _filtered(jobs: QuerySet[Posting], asked: dict[str, str]) -> QuerySet[Posting]:
    if "place" in asked:
        jobs = jobs.filter(place__iexact=asked["place"].strip())
    if "since" in asked:
        jobs = jobs.filter(listed_at__gte=moment_of(asked["since"]))
    words = Q(*(Q(search_text__contains=word) for word in asked.get("q", "").casefold().split()))
    return jobs.filter(words) if "q" in asked else jobs


def moment_of(text: str) -> datetime:
    """Return the moment that `text` names; a day begins at midnight UTC. Raises `ValidationError`."""
    # In an address, a plus sign that was not written as %2B arrives as a space.
    said = text.strip().replace(" ", "+") if "T" in text else text.strip()
    try:
        moment = parse_datetime(said) if "T" in said else _midnight(parse_date(said))
    except (ValueError, OverflowError):  # it has the shape of one, and is in no calendar
        moment = None
    if moment is None or not 2 <= moment.year <= 9998:  # those at the ends are none in another time zone
        raise ValidationError(
            {"since": "Give a day such as 2026-11-20, or a moment such as 2026-11-20T08:00:00Z."}
        )
    return moment if is_aware(moment) else make_aware(moment)


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=get_current_timezone()) if day else None
