import pytest

from tests.factories import CourseFactory, SkillAliasFactory, SkillFactory, published_guide, step_of


@pytest.fixture
def bakery(db):
    """A published guide: “Read” teaches Python, “Try” Python and R, “Build” SQL; a course Python and Git."""
    guide = published_guide(title="Data baker", slug="data-baker")
    python, r, sql, git = (SkillFactory(name=name) for name in ("Python", "R", "SQL", "Git"))
    SkillAliasFactory(skill=r, name="R", how="context")
    SkillAliasFactory(skill=git, name="GitHub")
    step_of(guide, "Read").skills.set([python])
    step_of(guide, "Try").skills.set([python, r])
    step_of(guide, "Build").skills.set([sql])
    guide.publish(by=None)
    CourseFactory(title="Snakes", slug="snakes", skills=[python, git])
    return guide
