"""The catalog that comes with the site: what it says, and that the bundled guide says the same."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from courses.models import (
    Certification,
    CertificationFigures,
    Course,
    CourseFigures,
    Provider,
    Skill,
    Status,
)
from courses.seeding import seed
from courses.seeding.reading import read_content
from courses.seeding.storing import BUNDLED
from guides.loading.reading import read_folder
from guides.loading.shared import bring_shared
from guides.models import Guide, Step
from portal import preparation

GUIDE = settings.BASE_DIR / "guides/content/machine-learning-engineer"
GUIDES = sorted(folder for folder in GUIDE.parent.iterdir() if folder.is_dir())


@pytest.fixture(scope="module")
def catalog():
    return read_content(BUNDLED)


@pytest.fixture(scope="module")
def guide():
    return read_folder(GUIDE)


def offers_of(catalog):
    return [*catalog.courses, *catalog.certifications]


# --- What is claimed --------------------------------------------------------------------------


@pytest.mark.django_db
def test_figures_of_courses_are_those_of_the_sources():
    seed()
    rows = CourseFigures.objects.values_list(
        *("course__slug", "source", "retrieved_on"), *("rating", "ratings", "enrolled", "price")
    )
    assert list(rows) == [
        (
            "machine-learning-specialization",
            "Coursera, guide to becoming a machine learning engineer (of the first course)",
            date(2026, 11, 20),
            *(Decimal("4.9"), 6747, 220274),
            None,
        )
    ]


@pytest.mark.django_db
def test_figures_of_certifications_are_those_of_the_sources():
    seed()
    rows = CertificationFigures.objects.values_list(
        *("certification__slug", "source", "source_url", "retrieved_on", "price", "currency")
    )
    assert list(rows) == [
        (
            "machine-learning-with-python",
            "4 Corner Resources",
            "https://www.4cornerresources.com/job-descriptions/machine-learning-engineer/",
            date(2026, 11, 20),
            *(Decimal(0), ""),
        )
    ]


def test_efforts_are_those_of_the_sources(catalog):
    weeks = {course.slug: (course.weeks_min, course.weeks_max) for course in catalog.courses}
    assert {slug: said for slug, said in weeks.items() if said != (None, None)} == {
        "machine-learning-specialization": (4, 5),  # a month
        "mit-machine-learning-six-weeks": (6, 6),
    }
    assert [course for course in catalog.courses if course.effort_hours or course.weekly_hours_max] == []
    assert [one.slug for one in catalog.certifications if one.validity_months is not None] == []


def test_nothing_was_checked_and_nothing_has_a_link(catalog):
    assert {(offer.status, offer.checked_on, offer.url) for offer in offers_of(catalog)} == {
        (Status.UNVERIFIED, None, None)
    }
    assert {provider.url for provider in catalog.providers} == {None}


def test_no_summary_gives_a_figure(catalog):
    texts = [entry.summary for entry in [*offers_of(catalog), *catalog.providers]]
    named = re.compile(r"\b(18\.06|4 Corner Resources)\b")
    assert [text for text in texts if re.search(r"\d|\bfree\b|%|\$", named.sub("", text))] == []


def test_summaries_are_short_and_each_its_own(catalog):
    texts = [entry.summary for entry in [*offers_of(catalog), *catalog.providers]]
    assert [text for text in texts if not 20 <= len(text) <= 220] == []
    assert len(set(texts)) == len(texts)


# --- What is named ----------------------------------------------------------------------------


def test_catalog_is_large_enough(catalog):
    assert (len(catalog.courses), len(catalog.certifications), len(catalog.providers)) == (120, 25, 64)


def test_every_name_of_the_facts_is_there(catalog):
    assert {course.slug: course.title for course in catalog.courses[:4]} == {
        "machine-learning-specialization": "Machine Learning Specialization",
        "machine-learning-certification": "Machine Learning Certification",
        "purdue-ai-machine-learning": "Postgraduate Program in AI and Machine Learning",
        "mit-machine-learning-six-weeks": "Machine learning programme in six weeks",
    }
    assert {proof.slug: proof.title for proof in catalog.certifications[:7]} == {
        "ibm-deep-learning": "Professional Certificate in Deep Learning",
        "tensorflow-developer-certificate": "TensorFlow Developer Certificate",
        "azure-ai-engineer-associate": "Microsoft Certified: Azure AI Engineer Associate",
        "mit-machine-learning-artificial-intelligence": (
            "Professional Certificate Program in Machine Learning and Artificial Intelligence"
        ),
        "machine-learning-with-python": "Machine Learning with Python Certification",
        "ibm-machine-learning": "IBM Machine Learning Professional Certification",
        "harvard-machine-learning": "Harvard University Machine Learning Certification Course",
    }


def test_no_two_courses_of_a_provider_have_the_same_title(catalog):
    names = [(course.provider, course.title) for course in catalog.courses]
    assert len(set(names)) == len(names)


def test_every_provider_is_named_by_an_offer(catalog):
    names = ("provider", "platform", "issuer")
    named = {getattr(offer, name, None) for offer in offers_of(catalog) for name in names}
    assert {provider.slug for provider in catalog.providers} - named == set()


def test_every_kind_of_provider_is_there(catalog):
    assert {provider.kind for provider in catalog.providers if provider.kind} == set(Provider.Kind)


def test_what_leads_to_a_certification(catalog):
    leads = {course.slug: course.leads_to for course in catalog.courses if course.leads_to}
    assert leads == {
        "mitx-probability": ["mit-statistics-and-data-science"],
        "ibm-exploratory-data-analysis": ["ibm-machine-learning"],
        "ibm-unsupervised-machine-learning": ["ibm-machine-learning"],
        "deeplearning-ai-tensorflow-developer": ["tensorflow-developer-certificate"],
        "aws-cloud-practitioner-essentials": ["aws-cloud-practitioner"],
        "google-cloud-machine-learning-engineer-preparation": ["google-cloud-machine-learning-engineer"],
        "microsoft-azure-data-scientist-preparation": ["azure-data-scientist-associate"],
        "microsoft-azure-ai-solution": ["azure-ai-engineer-associate"],
        "linux-foundation-kubernetes-for-developers": ["ckad"],
    }


# --- The bundled guide ------------------------------------------------------------------------


def test_every_step_names_a_course_or_a_certification(guide):
    assert len(guide.steps) == 56
    assert [step.slug for step in guide.steps if not step.courses and not step.certifications] == []


def test_what_a_step_names_teaches_or_proves_one_of_its_skills(guide, catalog):
    skills = {offer.slug: set(offer.skills) for offer in offers_of(catalog)}
    apart = {
        (step.slug, slug)
        for step in guide.steps
        for slug in [*step.courses, *step.certifications]
        if skills[slug].isdisjoint(step.skills or skills[slug])
    }
    assert apart == {
        *((f"own-{field}", "mit-machine-learning-six-weeks") for field in MATHEMATICS),  # a source says so
        ("own-programming", "harvard-cs50-sql"),  # the step asks for a database
        *(("certification", slug) for slug in PROOFS),  # as the sources list them
    }


MATHEMATICS = ("linear-algebra", "calculus", "probability")
PROOFS = (
    "azure-ai-engineer-associate",
    "harvard-machine-learning",
    "ibm-deep-learning",
    "tensorflow-developer-certificate",
)


@pytest.mark.parametrize(
    "folder", [folder for folder in GUIDES if folder != GUIDE], ids=lambda each: each.name
)
def test_what_a_step_of_a_short_guide_names_teaches_or_proves_one_of_its_skills(catalog, folder):
    skills = {offer.slug: set(offer.skills) for offer in offers_of(catalog)}
    steps = read_folder(folder).steps
    named = [(step, slug) for step in steps for slug in [*step.courses, *step.certifications]]
    assert [(step.slug, slug) for step, slug in named if skills[slug].isdisjoint(step.skills)] == []
    assert [step.slug for step in steps if not step.courses and not step.certifications] == []


@pytest.mark.django_db
@pytest.mark.parametrize("folder", GUIDES, ids=lambda each: each.name)
def test_guide_changes_nothing_of_the_catalog(folder):
    seed()
    changes = bring_shared(read_folder(folder), is_rehearsal=True)
    shared = (Skill, Provider, Course, Certification)
    assert [change for change in changes if isinstance(change.thing, shared)] == []


@pytest.mark.django_db
def test_catalog_fills_what_the_guide_made(guide, catalog):
    bring_shared(guide, is_rehearsal=True)
    counts = seed()
    filled = len(guide.catalog.courses) + len(guide.catalog.certifications) + len(guide.catalog.providers)
    assert (counts.made, counts.filled) == (catalog.size - filled - len(guide.skills), filled)


@pytest.mark.django_db
def test_start_brings_in_the_catalog_before_the_guide(guide, catalog):
    preparation.load_content()
    assert (Course.objects.count(), Certification.objects.count()) == (
        len(catalog.courses),
        len(catalog.certifications),
    )
    assert Course.objects.get(slug="machine-learning-specialization").level == "beginner"
    assert Guide.objects.count() == len(GUIDES)
    assert Step.objects.filter(courses=None, certifications=None).count() == 0
