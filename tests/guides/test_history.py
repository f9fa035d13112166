"""What an edition remembers of the slugs before it."""

from hypothesis import given
from hypothesis import strategies as st

from guides.history import former_slugs, next_document
from tests.guides.documents import content, section, step


def published(made, before=None):
    return next_document(made, before, [], [])


def path(**slugs):
    """Return content with steps of these slugs, by id."""
    return content([step(key, slug=slug) for key, slug in slugs.items()])


def guide(**slugs):
    """Return content with sections of these slugs, by id."""
    return {**content(["step"]), "sections": [section(key, slug=slug) for key, slug in slugs.items()]}


def former(*made):
    """Return what the last of these remembers, published one after the other."""
    document = None
    for entry in made:
        document = published(entry, document)
    return document["former_slugs"]


def test_first_edition_remembers_nothing():
    assert former(path(a="one")) == {}


def test_slug_that_changed_is_remembered():
    assert former(path(a="one", b="x"), path(a="two", b="x")) == {"a": ["one"]}


def test_slug_of_a_section_is_remembered_too():
    assert former(guide(s="one"), guide(s="two")) == {"s": ["one"]}


def test_slugs_are_remembered_in_their_order():
    assert former(path(a="one"), path(a="two"), path(a="three")) == {"a": ["one", "two"]}


def test_slug_that_is_used_again_is_no_earlier_one():
    assert former(path(a="one"), path(a="two"), path(a="one")) == {"a": ["two"]}


def test_slug_that_another_step_has_now_is_that_ones():
    assert former(path(a="one", b="two"), path(a="three", b="one")) == {"b": ["two"]}
    assert former(path(a="one", b="two"), path(a="two", b="one")) == {}


def test_slug_that_a_section_has_is_free_for_a_step():
    before = {**path(a="one"), "sections": [section("s", slug="two")]}
    after = {**path(a="two"), "sections": [section("s", slug="one")]}
    assert former(before, after) == {"a": ["one"], "s": ["two"]}


def test_slug_is_remembered_while_a_step_is_off_the_path():
    gone = path(b="x")
    assert former(path(a="one", b="x"), path(a="two", b="x"), gone) == {"a": ["one"]}
    back = path(a="three", b="x")
    assert former(path(a="one", b="x"), path(a="two", b="x"), gone, back) == {"a": ["one", "two"]}


def test_slug_of_a_step_that_is_gone_is_free_for_another():
    assert former(path(a="one", b="x"), path(b="one")) == {"b": ["x"]}


def test_section_that_is_gone_is_forgotten():
    assert former(guide(s="one", t="x"), guide(s="two", t="x"), guide(t="x")) == {}


slugs = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["one", "two", "three", "four"]), min_size=1)


@given(st.lists(slugs.filter(lambda made: len(set(made.values())) == len(made)), min_size=1, max_size=6))
def test_earlier_slugs_are_those_of_nothing_else_and_stay_while_nothing_changes(history):
    document = None
    for made in history:
        document = published(path(**made), document)
        own = {step["id"]: step["slug"] for step in document["stages"][0]["steps"]}
        for earlier in document["former_slugs"].values():
            assert not set(earlier) & set(own.values())
            assert len(set(earlier)) == len(earlier)
        assert former_slugs(path(**made), document) == document["former_slugs"]
