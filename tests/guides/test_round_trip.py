"""A working copy as files and back: loaded into an empty database and exported again, they are the same."""

import tempfile
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from courses.models import Certification, Course, Provider, Skill
from guides.document import steps_of
from guides.editions import document_of
from guides.lives import Part, put_back, same_as, succeed
from guides.loading.files import plain
from guides.loading.storing import load_folder
from guides.models import (
    Credit,
    CreditStep,
    Edition,
    EditionStep,
    Guide,
    Picture,
    Section,
    Source,
    Stage,
    Step,
)
from guides.pictures.encoding import encode
from guides.pictures.storing import fill
from guides.working_copy import content_of
from tests.factories import (
    CertificationFactory,
    CourseFactory,
    GuideFactory,
    ProviderFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    published_guide,
    step_of,
)
from tests.guides.folders import another_database, exported, loaded
from tests.guides.pictures import drawing, photo

CONTENT = settings.BASE_DIR / "guides/content/machine-learning-engineer"
SHORT = sorted(folder.name for folder in CONTENT.parent.iterdir() if folder.is_dir() and folder != CONTENT)

# --- Guides of all kinds -----------------------------------------------------------------------

AWKWARD = [
    *("yes", "no", "~", "null", "1e3", "0x1F", "1_000", "12:30", "2026-01-01", "=", "<<", ".5", "-"),
    *("a: b", "a:", "#", "a # b", "- a", "? a", "[a", "{a", "*a", "&a", "!a", "%a", "@a", "`a", "|", ">"),
    *("'", '"', "''", "it's", 'say "a"', "\\", "a\\nb", "---", "...", "🙂", "é", "e\u0301", "\ufeffa"),
    *("a\u2028b", "a\u0085b", "a\u00a0b", "a\u200bb", "a\tb", "a  b", "\u202ea", "a" * 119, "ab " * 39),
    *("word " * 23 + "end", "漢字" * 50, "a\u0007b", "a\ufffeb", "\U0010ffff", "<b>&amp;</b>", "${a}"),
]
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
WORDS = st.text(LETTERS, min_size=1, max_size=60)
# What the studio takes: something beside blanks, which it cuts off around it.
TITLES = (st.sampled_from(AWKWARD) | WORDS).map(str.strip).filter(bool)
LONG = st.sampled_from(AWKWARD).flatmap(
    lambda text: st.just(" ".join([text, "long words"] * 6)[:230].strip())
)
MARKDOWN = st.lists(
    st.sampled_from([*AWKWARD, "", "    code", "two blanks  ", "\r", "| a |\n|---|", "# Heading", "-"])
    | WORDS,
    max_size=6,
).flatmap(lambda lines: st.sampled_from(["\n", "\r\n", "\n\n", "\r"]).map(lambda end: end.join(lines)))
SLUGS = st.from_regex(r"\A[a-zA-Z0-9_-]{1,12}\Z") | st.sampled_from(
    ["yes", "1e3", "2026-01-01", "12", "-", "compare"]
)

LINKS = st.sampled_from(["", "https://example.org", "http://Example.org/a?b=1#c", "ftp://example.org/é"])
CODES = st.sampled_from(["", "15-1221", "15-1221,11-1000", ",".join(["15-1221"] * 15)])


def distinct(of, most, *, least=0):
    return st.lists(of, min_size=least, max_size=most, unique=True)


class Author:
    """Writes a working copy of all kinds, with retired steps, credit, and whatever it names."""

    def __init__(self, draw):
        self.draw = draw
        self.skills = [SkillFactory(slug=f"skill-{n}", name=name) for n, name in self.titles(3)]
        self.providers = [ProviderFactory(slug=f"by-{n}", name=name) for n, name in self.titles(2)]
        self.courses = [self.course(n, title) for n, title in self.titles(2)]
        self.certifications = [self.certification(n, title) for n, title in self.titles(2)]
        self.sources, self.steps = [], []
        for n, title in self.titles(3):
            self.sources.append(self.source(n, title))

    def titles(self, most):
        return enumerate(self.draw(distinct(TITLES, most)))

    def some(self, things):
        return self.draw(st.lists(st.sampled_from(things), unique=True, max_size=3)) if things else []

    def one(self, things):
        return self.draw(st.none() | st.sampled_from(things)) if things else None

    def course(self, n, title):
        return CourseFactory(
            slug=f"course-{n}",
            title=title,
            provider=self.one(self.providers),
            platform=self.one(self.providers),
            skills=self.some(self.skills),
            url=self.draw(LINKS),
        )

    def certification(self, n, title):
        by, skills = self.one(self.providers), self.some(self.skills)
        return CertificationFactory(slug=f"proof-{n}", title=title, issuer=by, skills=skills)

    def source(self, n, title):
        return SourceFactory(
            key=f"source-{n}",
            title=title,
            note=self.draw(LONG | st.just("")),
            published=self.draw(st.sampled_from(["", "2021", "~", "May 2020"])),
            accessed_on=self.draw(st.none() | st.dates(date(1000, 1, 1))),
            url=self.draw(LINKS),
            cited_by=self.some(self.sources),
        )

    def guide(self):
        guide = GuideFactory(
            title=self.draw(TITLES),
            slug=self.draw(SLUGS.filter(lambda slug: slug != "compare")),
            summary=self.draw(LONG | TITLES),
            occupation_codes=self.draw(CODES),
        )
        slugs = self.draw(distinct(SLUGS, 3, least=1))
        stages = [self.stage(guide, slug) for slug in slugs]
        for slug in self.draw(distinct(SLUGS, 6)):
            self.steps.append(self.step(self.draw(st.sampled_from(stages)), slug))
        for slug in self.draw(distinct(SLUGS, 3)):
            self.section(guide, slug).steps.set(self.some(self.steps))
        for step in self.some(self.steps):
            step.retire()
        for step in self.some(self.steps):
            self.credit(step)
        return Guide.objects.get(pk=guide.pk)

    def stage(self, guide, slug):
        summary = self.draw(LONG | st.just(""))
        return StageFactory(guide=guide, slug=slug, title=self.draw(TITLES), summary=summary)

    def step(self, stage, slug):
        choice = self.draw(st.sampled_from(["", "Way", "yes"]))
        return StepFactory(
            stage=stage,
            slug=slug,
            title=self.draw(TITLES),
            body=self.draw(MARKDOWN),
            done_when=self.draw(LONG | TITLES | st.just("")),
            effort_hours=self.draw(st.none() | st.sampled_from([0, 1, 10**6])),
            optional=not choice and self.draw(st.booleans()),
            choice=choice,
            route=choice and self.draw(TITLES),
            after=self.some(self.steps),
            skills=self.some(self.skills),
            courses=self.some(self.courses),
            certifications=self.some(self.certifications),
            sources=self.some(self.sources),
        )

    def section(self, guide, slug):
        return SectionFactory(
            guide=guide,
            slug=slug,
            title=self.draw(TITLES),
            kind=self.draw(st.sampled_from(Section.Kind.values)),
            body=self.draw(MARKDOWN),
            checked_on=self.draw(st.none() | st.dates(date(1, 1, 1))),
        )

    def credit(self, step):
        """Let a step count for others, or for one that is not here."""
        if new := self.some([other for other in self.steps if other != step]):
            Credit.objects.record(old=[step], new=new)
        else:
            Credit.objects.record(old=[Step(pk=uuid4())], new=[step])


@given(data=st.data())
@hypothesis_settings(max_examples=30)
def test_any_working_copy_comes_back_as_the_same_files(db, data):
    with tempfile.TemporaryDirectory() as folder:
        with another_database():
            first = exported(Author(data.draw).guide())
        with another_database():
            second = exported(loaded(first, Path(folder) / "a", draft=True))
    assert second == first


def canonical(content):
    """Return `content` with its texts as files hold them."""
    if isinstance(content, str):
        return plain(content)
    if isinstance(content, list):
        return [canonical(part) for part in content]
    return {key: canonical(part) for key, part in content.items()} if isinstance(content, dict) else content


@given(data=st.data())
@hypothesis_settings(max_examples=20)
def test_any_working_copy_says_the_same_after_it(db, data):
    with tempfile.TemporaryDirectory() as folder:
        with another_database():
            guide = Author(data.draw).guide()
            files, said, off_path = exported(guide), content_of(guide), retired(guide)
        with another_database():
            other = loaded(files, Path(folder) / "a", draft=True)
            assert content_of(other) == canonical(said)
            assert retired(other) == canonical(off_path)


def retired(guide):
    """Return what there is to say of the retired steps of `guide`, by id."""
    steps = guide.steps.exclude(retired_at=None).select_related("stage").order_by("slug", "pk")
    return [
        {
            **{
                field: getattr(step, field)
                for field in ("slug", "title", "body", "done_when", "choice", "route")
            },
            "hours": step.effort_hours,
            "optional": step.optional,
            "stage": step.stage.slug if step.stage else None,
            **{
                field: sorted(str(thing.pk) for thing in getattr(step, field).all())
                for field in ("after", "before", "sections")
            },
            **{
                field: sorted(str(thing) for thing in getattr(step, field).all())
                for field in ("skills", "courses", "certifications", "sources")
            },
        }
        for step in steps
    ]


# --- What editors do to a guide ----------------------------------------------------------------


@pytest.fixture
def baker(db):
    """A published guide, in which all that can happen to steps has happened, after its first edition."""
    guide = published_guide(title="Baker")
    other = published_guide(title="Miller")
    SectionFactory(guide=guide, title="Why").steps.set([step_of(guide, "Watch"), step_of(guide, "Build")])
    step_of(guide, "Build").after.set([step_of(guide, "Watch")])
    succeed(guide, [step_of(guide, "Read")], [Part("Skim", "Skim it.\r\n\r\nTwice."), Part("Study")], by=None)
    succeed(guide, [step_of(guide, "Skim"), step_of(guide, "Try")], [Part("Skim and try")], by=None)
    step_of(guide, "Watch").retire()
    same_as(step_of(guide, "Build"), step_of(other, "Build"), by=None)
    return guide


def round_trip(guide, folder, **options):
    """Return the files of `guide`, and those that an empty database makes of them."""
    first = exported(guide)
    with another_database():
        forget_everything()
        second = exported(loaded(first, folder, **options))
    return first, second


def forget_everything():
    """Empty the database; editions and what they hold are kept from deletion everywhere else."""
    for model in (CreditStep, Credit, EditionStep, Edition, Section.steps.through, Step.after.through):
        model._base_manager.all()._raw_delete("default")
    for field in ("skills", "courses", "certifications", "sources"):
        getattr(Step, field).through._base_manager.all()._raw_delete("default")
    for model in (Course.skills.through, Certification.skills.through, Source.cited_by.through):
        model._base_manager.all()._raw_delete("default")
    for model in (Section, Step, Stage, Guide, Course, Certification, Provider, Skill, Source, Picture):
        model._base_manager.all()._raw_delete("default")


def test_a_guide_with_a_history_comes_back_as_the_same_files(baker, tmp_path):
    first, second = round_trip(baker, tmp_path / "a")
    assert {"retired.yaml", "credits.yaml"} < first.keys()
    assert second == first


def test_a_guide_with_a_history_is_the_same_after_it_is_published(baker, tmp_path):
    baker.publish(by=None)
    first, second = round_trip(baker, tmp_path / "a")
    assert second == first


@pytest.mark.parametrize("slug", SHORT)
def test_short_guides_of_the_site_are_the_files_that_they_are_exported_as(db, tmp_path, slug):
    folder = CONTENT.parent / slug
    load_folder(folder)
    first, second = round_trip(Guide.objects.get(), tmp_path / "a")
    assert first == second == {name: (folder / name).read_bytes() for name in first}


def test_the_guide_of_the_site_comes_back_as_the_same_files(db, tmp_path):
    load_folder(CONTENT)
    first, second = round_trip(Guide.objects.get(), tmp_path / "a")
    assert len([name for name in first if name.startswith("pictures/")]) == 3
    assert second == first


@pytest.mark.parametrize(
    "content", [photo(600, 300), photo(1700, 300, "PNG"), photo(20, 30, "WEBP"), drawing()]
)
def test_pictures_come_back_as_the_same_files(db, tmp_path, settings, content):
    guide = published_guide()
    picture = Picture(slug="oven", alt="A hot oven.\r\nAnd bread.", credit="Anna")
    fill(picture, encode(content))
    picture.save()
    SectionFactory(guide=guide, body="![](picture:oven)")
    first = exported(guide)
    settings.MEDIA_ROOT = tmp_path / "media"
    with another_database():
        forget_everything()
        second = exported(loaded(first, tmp_path / "a"))
    assert [name for name in first if name.startswith("pictures/oven.")] != []
    assert second == first


def test_files_that_are_brought_back_change_nothing(baker, tmp_path):
    said, off_path = content_of(baker), retired(baker)
    SectionFactory(guide=baker, title="How", body="One.\r\n\r\nTwo. ")
    said = content_of(baker)
    files = exported(baker)
    baker = loaded(files, tmp_path / "a", force=True)
    assert (content_of(baker), retired(baker)) == (said, off_path)
    assert baker.editions.count() == 2
    assert Credit.objects.count() == 3


def test_a_retired_step_that_comes_back_later_is_named_again(baker, tmp_path):
    with another_database():
        put_back(baker, step_of(baker, "Watch"), by=None)
        expected = content_of(Guide.objects.get(pk=baker.pk))
    files = exported(baker)
    with another_database():
        forget_everything()
        guide = loaded(files, tmp_path / "a")
        put_back(guide, step_of(guide, "Watch"), by=None)
        assert canonical(content_of(Guide.objects.get())) == canonical(expected)
    watch = str(step_of(baker, "Watch").pk)
    assert [step["after"] for step in steps_of(expected) if step["title"] == "Build"] == [[watch]]


def test_a_record_waits_for_the_guide_of_its_other_step(baker, tmp_path):
    miller = Guide.objects.get(slug="miller")
    of_baker, of_miller = exported(baker), exported(miller)
    with another_database():
        forget_everything()
        guide = loaded(of_baker, tmp_path / "a")
        assert [len(sides) for sides in links(guide)] == []
        loaded(of_miller, tmp_path / "b")
        guide.publish(by=None)
        (link,) = links(guide)
        assert link == {str(step_of(baker, "Build").pk), str(step_of(miller, "Build").pk)}
        assert Credit.objects.count() == 3


def links(guide):
    """Return the credit records of the current edition of `guide` that lead to another guide."""
    document = document_of(guide.editions.order_by("-number")[0].sha256)
    others = {step["id"] for step in document["credited_steps"]}
    records = [{*credit["old"], *credit["new"]} for credit in document["credits"]]
    return [steps for steps in records if steps & others]
