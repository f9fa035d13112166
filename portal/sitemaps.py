"""What search engines are asked to read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from courses.models import Certification, Course, Provider, Skill
from guides.models import Edition
from interviews.places import addresses_of
from interviews.standing import standing


class SiteMap(Sitemap):
    """Pages under the address that people are given, whatever host the request named."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class Pages(SiteMap):
    """Pages that are always there."""

    def items(self) -> Iterable[str]:
        return (
            *("home", "guides", "compare-guides", "quiz", "glossary", "job-descriptions"),
            *("courses", "certifications", "api-docs", "contact-us", "privacy"),
        )

    def location(self, item: Any) -> str:
        return reverse(item)


EDITED = ("guide", "path", "faq")  # what changes with an edition, and with nothing else
AROUND = (*EDITED, "salaries", "outlook", "gap", "interview", "jobs", "job-description")


class Guides(SiteMap):
    """Guides, their paths, and the pages around them."""

    def items(self) -> Iterable[tuple[str, Edition]]:
        editions = Edition.objects.public().defer("document").order_by("slug")
        return [(name, edition) for edition in editions for name in AROUND]

    def location(self, item: Any) -> str:
        name, edition = item
        return reverse(name, args=[edition.slug])

    def lastmod(self, item: Any) -> datetime | None:
        name, edition = item
        return edition.live_at if name in EDITED else None


class Catalog(SiteMap):
    """What is listed of the catalog, and who and what it is found by."""

    def items(self) -> list[tuple[str, str]]:
        listed = {
            "course": Course.objects.listed(),
            "certification": Certification.objects.listed(),
            "provider": Provider.objects.all(),
            "skill": Skill.objects.all(),
        }
        return [
            (name, slug)
            for name, things in listed.items()
            for slug in things.order_by("slug").values_list("slug", flat=True)
        ]

    def location(self, item: Any) -> str:
        name, slug = item
        return reverse(name, args=[slug])


class InterviewQuestions(SiteMap):
    """Questions of interviews, each at the one page that counts."""

    def items(self) -> list[str]:
        return addresses_of(standing())

    def location(self, item: Any) -> str:
        return str(item)


SITEMAPS = {"pages": Pages, "guides": Guides, "catalog": Catalog, "questions": InterviewQuestions}
