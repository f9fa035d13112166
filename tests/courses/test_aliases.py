"""Other names of skills: unique, kept by staff, brought once, and told by the API."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from courses.models import Change, Seeded, Skill, SkillAlias
from courses.seeding import BrokenCatalog, seed
from portal.log import change_of
from tests.factories import SkillAliasFactory, SkillFactory

pytestmark = pytest.mark.django_db

EMPTY = {"providers": "[]", "certifications": "[]", "courses": "[]"}
SKILLS = """
- slug: kneading
  name: Kneading
  aliases: [dough work, {name: Knead, how: context}]
- slug: baking
  name: Baking
"""


@pytest.fixture
def folder(tmp_path):
    for kind, text in {**EMPTY, "skills": SKILLS}.items():
        (tmp_path / f"{kind}.yaml").write_text(text)
    return tmp_path


def aliases():
    return list(SkillAlias.objects.values_list("skill__slug", "name", "how"))


# --- The model --------------------------------------------------------------------------------


def test_alias_is_unique_in_capitals_or_not():
    SkillAliasFactory(name="k8s")
    with pytest.raises(IntegrityError), transaction.atomic():
        SkillAliasFactory(name="K8S")


def test_alias_counts_in_a_known_way():
    with pytest.raises(IntegrityError), transaction.atomic():
        SkillAliasFactory(how="often")


def test_name_of_another_skill_is_no_alias():
    SkillFactory(name="Baking")
    alias = SkillAlias(skill=SkillFactory(name="Kneading"), name="baking")
    with pytest.raises(ValidationError, match="This is the name of the skill “baking”"):
        alias.full_clean()


def test_own_name_may_be_an_alias_that_says_how_it_counts():
    SkillAlias(skill=SkillFactory(name="R"), name="R", how="context").full_clean()


@pytest.mark.parametrize("change", ["create", "update", "delete"])
def test_change_of_an_alias_is_noted(change):
    alias = SkillAliasFactory()
    before = Change.objects.version()
    {
        "create": lambda: SkillAliasFactory(),
        "update": lambda: SkillAlias.objects.update(how="exact"),
        "delete": lambda: alias.delete(),
    }[change]()
    assert Change.objects.version() != before


# --- Seeding ----------------------------------------------------------------------------------


def test_aliases_come_with_their_skills(folder):
    seed(folder)
    assert aliases() == [("kneading", "dough work", "anywhere"), ("kneading", "Knead", "context")]


def test_each_alias_comes_once(folder):
    seed(folder)
    SkillAlias.objects.get(name="Knead").delete()
    SkillAlias.objects.filter(name="dough work").update(name="Doughing")
    seed(folder)
    assert aliases() == [("kneading", "Doughing", "anywhere")]


def test_alias_that_is_new_comes_to_a_skill_that_came_before(folder):
    seed(folder)
    (folder / "skills.yaml").write_text(SKILLS + "  aliases: [Backen]\n")
    seed(folder)
    assert ("baking", "Backen", "anywhere") in aliases()


def test_aliases_leave_alone_what_staff_wrote(folder):
    other = SkillFactory(name="Dough work")
    SkillAliasFactory(skill=other, name="knead", how="exact")
    seed(folder)
    assert aliases() == [("dough-work", "knead", "exact")]


def test_alias_of_a_deleted_skill_is_not_made(folder):
    Seeded.objects.create(kind="skill", slug="kneading")
    seed(folder)
    assert (aliases(), Skill.objects.count()) == ([], 1)


@pytest.mark.parametrize("name", ["Dough Work", "kneading"])
def test_name_that_stands_twice_is_told_with_its_line(folder, name):
    (folder / "skills.yaml").write_text(SKILLS + f"  aliases: [{name}]\n")
    with pytest.raises(BrokenCatalog) as refused:
        seed(folder)
    assert refused.value.faults == [f"skills.yaml:7: “{name}” names another skill, or stands twice"]


def test_bundled_vocabulary_has_common_words_under_rules():
    seed()
    assert 150 <= Skill.objects.count() <= 250
    by_name = dict(SkillAlias.objects.values_list("name", "how"))
    common = (
        "R",
        "Go",
        "C",
        "Excel",
        "Spark",
        "Scala",
        "Swift",
        "Rust",
        "Ray",
        "Hive",
        "Chef",
        "Julia",
        "Dash",
    )
    assert {
        name for name in (*common, "Flask", "Access", "Word", "Make") if by_name[name] != "context"
    } == set()


# --- API and studio ---------------------------------------------------------------------------


def test_api_tells_the_aliases_of_a_skill(visitor):
    SkillAliasFactory(skill=SkillFactory(name="Kubernetes"), name="k8s")
    told = visitor.get("/api/v1/skills/kubernetes/").json()
    assert told["aliases"] == [{"name": "k8s", "how": "anywhere"}]


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_skills_costs_the_same_for_one_and_three(visitor, number, django_assert_num_queries):
    for _ in range(number):
        SkillAliasFactory()
    with django_assert_num_queries(3):
        visitor.get("/api/v1/skills/")


def test_staff_keep_aliases_with_the_skill_and_the_log_tells(catalog_editor_client):
    skill = SkillFactory(name="Kubernetes")
    form = {"name": "Kubernetes", "slug": "kubernetes", "aliases-TOTAL_FORMS": 1, "aliases-INITIAL_FORMS": 0}
    row = {"aliases-0-name": "k8s", "aliases-0-how": "exact", "aliases-0-skill": skill.pk}
    address = reverse("admin:courses_skill_change", args=[skill.pk])
    assert catalog_editor_client.post(address, form | row).status_code == 302
    assert aliases() == [("kubernetes", "k8s", "exact")]
    assert change_of(LogEntry.objects.latest("pk"))["after"] == {"other names": ["k8s (exact)"]}


def test_deleting_a_skill_logs_its_other_names(catalog_editor_client):
    skill = SkillAliasFactory(name="k8s").skill
    catalog_editor_client.post(reverse("admin:courses_skill_delete", args=[skill.pk]), {"post": "yes"})
    assert SkillAlias.objects.count() == 0
    assert [entry.object_repr for entry in LogEntry.objects.order_by("pk")] == ["k8s", skill.name]


def test_staff_who_may_not_change_skills_only_see_aliases(editor_client):
    skill = SkillAliasFactory(name="k8s").skill
    page = editor_client.get(reverse("admin:courses_skill_change", args=[skill.pk]))
    assert ("k8s" in page.content.decode(), 'name="aliases-0-name"' in page.content.decode()) == (True, False)


def test_skill_is_searched_by_its_aliases(catalog_editor_client):
    SkillAliasFactory(skill=SkillFactory(name="Kubernetes"), name="k8s")
    listed = catalog_editor_client.get(reverse("admin:courses_skill_changelist"), {"q": "k8s"})
    assert [skill.slug for skill in listed.context["cl"].queryset] == ["kubernetes"]
