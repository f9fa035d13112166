"""The catalog in the words of schema.org, for search engines."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts.reviews import Standing
from courses.cards import Card
from courses.models import Certification, Course, Provider
from portal.addresses import absolute

CONTEXT = {"@context": "https://schema.org"}
MODES = {
    Course.Format.SELF_PACED: ["online"],
    Course.Format.SCHEDULED: ["online"],
    Course.Format.IN_PERSON: ["onsite"],
    Course.Format.BLENDED: ["online", "onsite"],
}


def breadcrumbs(*way: tuple[str, str]) -> dict[str, Any]:
    """Return the way to a page: titles with addresses on this site."""
    return {
        **CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": title, "item": absolute(address)}
            for number, (title, address) in enumerate(way, start=1)
        ],
    }


def item_list(cards: Iterable[Card], address: str) -> dict[str, Any]:
    """Return a page of a list at `address`: where each offer has its own page."""
    return {
        **CONTEXT,
        "@type": "ItemList",
        "url": absolute(address),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": absolute(card.address), "name": card.title}
            for number, card in enumerate(cards, start=1)
        ],
    }


def address_of(offer: Course | Certification) -> str:
    """Return the address of the page of an offer."""
    return reverse("course" if isinstance(offer, Course) else "certification", args=[offer.slug])


def course(one: Course, standing: Standing) -> dict[str, Any]:
    """Return a course; its rating is that of the learners of this site, not one that others gave."""
    return _known(
        {
            **CONTEXT,
            "@type": "Course",
            "name": one.title,
            "description": one.summary or _described(one),
            "url": absolute(address_of(one)),
            "sameAs": one.url,
            "provider": _organization(one.provider or one.platform),
            "inLanguage": one.language,
            "educationalLevel": one.get_level_display(),
            "teaches": [skill.name for skill in one.skills.all()],
            "offers": _offers(one),
            "hasCourseInstance": _instance(one),
            "aggregateRating": _rating(standing),
        }
    )


def certification(one: Certification) -> dict[str, Any]:
    """Return a certification."""
    return _known(
        {
            **CONTEXT,
            "@type": "EducationalOccupationalCredential",
            "name": one.title,
            "description": one.summary,
            "url": absolute(address_of(one)),
            "sameAs": one.url,
            "recognizedBy": _organization(one.issuer),
            "credentialCategory": one.get_kind_display(),
            "competencyRequired": [skill.name for skill in one.skills.all()],
            "validFor": f"P{one.validity_months}M" if one.validity_months else "",
            "offers": _offers(one),
        }
    )


def _known(said: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is unknown."""
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _described(one: Course) -> str:
    by = f" by {one.provider}" if one.provider else ""
    return f"{one.get_kind_display().capitalize()}{by}."


def _organization(provider: Provider | None) -> dict[str, Any]:
    if provider is None:
        return {}
    page = absolute(reverse("provider", args=[provider.slug]))
    return {"@type": "Organization", "name": provider.name, "url": provider.url or page}


def _offers(one: Any) -> list[dict[str, Any]]:
    return [
        _known(
            {
                "@type": "Offer",
                "price": str(row.price),
                "priceCurrency": row.currency,
                "category": "Free" if row.is_free else "Paid",
            }
        )
        for row in one.figures.all()
        if row.price is not None
    ][:1]


def _instance(one: Course) -> dict[str, Any]:
    modes = MODES.get(Course.Format(one.format), []) if one.format else []
    workload = f"PT{one.hours}H" if one.hours else ""
    if not (modes or workload):
        return {}
    return _known({"@type": "CourseInstance", "courseMode": modes, "courseWorkload": workload})


def _rating(standing: Standing) -> dict[str, Any]:
    if not standing.count:
        return {}
    return {
        "@type": "AggregateRating",
        "ratingValue": str(standing.mean),
        "ratingCount": standing.count,
        "bestRating": 5,
    }
