"""The bundled questions: whole, right in form, and never written over what staff did."""

import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from guides.models import Source
from interviews.models import Question, Topic
from interviews.seeding import seed
from interviews.seeding.reading import read_content
from interviews.seeding.storing import BUNDLED
from portal import markdown
from tests.factories import GuideFactory, SourceFactory

CAREERS = [
    *("machine-learning-engineer", "data-scientist", "deep-learning-engineer", "nlp-engineer"),
    *("computer-vision-engineer", "data-engineer", "ai-engineer"),
]
NAMED = {  # how many topics each of the two lists has, and which of ours stand for them
    "4-corner": 16,
    "career-karma": 4,  # and the types of learning, which both name
}
TOPICS = "- slug: baking\n  name: Baking\n"
QUESTION = """\
- slug: yeast
  text: What is yeast?
  answer: It rises.
  difficulty: easy
  topic: baking
  guides: [data-baker]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "topics.yaml").write_text(TOPICS)
    (tmp_path / "baking.yaml").write_text(QUESTION)
    return tmp_path


@pytest.fixture(scope="module")
def content():
    return read_content(BUNDLED)


def test_each_career_has_enough(content):
    counts = {slug: sum(slug in entry.guides for entry in content.questions) for slug in CAREERS}
    assert min(counts.values()) >= 25
    assert counts["machine-learning-engineer"] >= 60
    assert {guide for entry in content.questions for guide in entry.guides} == set(CAREERS)


def test_each_topic_that_sources_name_has_a_question(content):
    named = {key: sum(entry.source == key for entry in content.questions) for key in NAMED}
    assert named == NAMED


def test_answers_are_of_a_length_that_can_be_learnt(content):
    lengths = {entry.slug: len(entry.answer.split()) for entry in content.questions}
    assert {slug: length for slug, length in lengths.items() if not 60 <= length <= 185} == {}


def test_answers_are_markdown_that_is_shown_as_meant(content):
    for entry in content.questions:
        html = markdown.render(entry.answer)
        prose = re.sub(r"<(pre|code)>.*?</\1>", "", html, flags=re.DOTALL)
        assert not re.search(r"\*\*|```|(?<!\w)`", prose), entry.slug
        assert entry.text.endswith(("?", "."))


def test_no_question_is_asked_twice(content):
    texts = [entry.text.casefold() for entry in content.questions]
    assert len(set(texts)) == len(texts)


@pytest.mark.django_db
def test_bundled_questions_arrive_once(content):
    guide = GuideFactory(slug="machine-learning-engineer")
    for key in NAMED:
        SourceFactory(key=key)
    call_command("load_interviews", verbosity=0)
    wanted = sum(guide.slug in entry.guides for entry in content.questions)
    assert (Question.objects.count(), Question.objects.filter(guides=guide).count()) == (
        len(content.questions),
        wanted,
    )
    assert Question.objects.exclude(source=None).count() == sum(NAMED.values())
    assert str(seed()) == "0 questions made, 0 links to guides"


@pytest.mark.django_db
def test_what_staff_did_stays(folder):
    GuideFactory(slug="data-baker")
    seed(folder)
    Question.objects.update(answer="It bubbles.", is_active=False)
    guide_links = Question.guides.through.objects
    guide_links.all().delete()
    seed(folder)
    question = Question.objects.get()
    assert (question.answer, question.is_active, guide_links.count()) == ("It bubbles.", False, 0)
    question.delete()
    Topic.objects.all().delete()
    seed(folder)
    assert (Question.objects.count(), Topic.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_question_finds_its_guide_when_that_comes_later(folder):
    seed(folder)
    guide = GuideFactory(slug="data-baker")
    assert str(seed(folder)) == "0 questions made, 1 links to guides"
    assert Question.objects.get().guides.get() == guide


@pytest.mark.django_db
def test_question_without_its_source_arrives_all_the_same(folder):
    named = f"{QUESTION}  source: nobody\n  asked_by: Named by nobody.\n"
    (folder / "baking.yaml").write_text(named)
    seed(folder)
    assert (Question.objects.get().source, Source.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (QUESTION + QUESTION, "baking.yaml:7: “yeast” stands here for the second time"),
        (
            QUESTION.replace("topic: baking", "topic: cars"),
            "baking.yaml:5: there is no “cars” in topics.yaml",
        ),
        (QUESTION + "  author: me\n", "baking.yaml:7: 0.author: Extra inputs are not permitted"),
        (QUESTION.replace("easy", "trivial"), "baking.yaml:4: 0.difficulty"),
        (QUESTION.replace("slug: yeast", "slug: practice"), "these slugs are taken by pages of the site"),
        (QUESTION + "  source: x\n", "a source and the words on what it names come together"),
        ("- [", "not valid YAML"),
        (
            QUESTION.replace("yeast\n", "y" * 80 + "\n").replace("data-baker", "g" * 60),
            "at most 119 characters",
        ),
    ],
)
@pytest.mark.django_db
def test_wrong_file_is_refused_with_its_line_and_nothing_is_changed(folder, wrong, fault):
    (folder / "baking.yaml").write_text(wrong)
    with pytest.raises(CommandError, match=re.escape(fault)):
        call_command("load_interviews", folder)
    assert Topic.objects.count() == 0


def test_content_is_where_the_start_looks():
    assert settings.BASE_DIR / "interviews" / "content" == BUNDLED
