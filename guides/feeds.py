"""New editions as RSS."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from guides.models import Edition
from guides.models.edition import FROM_FILES
from guides.moves import missing
from portal.addresses import absolute

LATEST = 30


class Editions(Feed):
    """What was published lately, in all guides or in one."""

    def get_object(self, request: HttpRequest, slug: str = "") -> Edition | None:
        if not slug:
            return None
        found = Edition.objects.public().defer("document").filter(slug=slug).first()
        if found is None:
            raise missing(slug)
        return found

    def title(self, current: Edition | None) -> str:
        return f"{current.title} · Waymark" if current else "New editions · Waymark"

    def description(self, current: Edition | None) -> str:
        return f"New editions of the guide “{current.title}”." if current else "New editions of all guides."

    def link(self, current: Edition | None) -> str:
        return absolute(reverse("guide", args=[current.slug]) if current else reverse("guides"))

    def feed_url(self, current: Edition | None) -> str:
        return absolute(reverse("guide-feed", args=[current.slug]) if current else reverse("guides-feed"))

    def items(self, current: Edition | None) -> QuerySet[Edition]:
        public = Edition.objects.public()
        shown = public.filter(guide=OuterRef("guide")).values("slug")  # an old edition may have an old slug
        editions = Edition.objects.live().filter(guide__in=public.values("guide"))
        if current:
            editions = editions.filter(guide=current.guide_id)
        return editions.defer("document").annotate(current_slug=Subquery(shown)).order_by("-live_at")[:LATEST]

    def item_title(self, item: Any) -> str:
        return str(item)

    def item_description(self, item: Any) -> str:
        return item.summary if item.note in ("", FROM_FILES) else item.note

    def item_link(self, item: Any) -> str:
        return absolute(reverse("guide", args=[item.current_slug]))

    def item_guid(self, item: Any) -> str:
        return f"urn:uuid:{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Any) -> datetime:
        return item.live_at
