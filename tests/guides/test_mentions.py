"""What texts name: sources and pictures."""

import pytest

from guides.mentions import cited_keys, named_pictures, numbered


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Nothing here.", set()),
        ("As [@bls] says.", {"bls"}),
        ("[@bls-15-1221] and [@a_b].", {"bls-15-1221", "a_b"}),
        ("[@one][@two]", {"one", "two"}),
        ("[@bls] and [@bls] again", {"bls"}),
        ("A [link](https://example.org/@bls) and an @mention", set()),
        ("[@], [@ bls], [@bls and [bls]", set()),
    ],
)
def test_cited_keys_of_a_text(text, keys):
    assert cited_keys([text]) == keys


def test_cited_keys_of_many_texts():
    assert cited_keys(["[@one]", "", "[@two] [@one]"]) == {"one", "two"}


def test_numbered_counts_in_the_order_of_the_first_citation():
    assert numbered(["[@b] then [@a]", "[@c], [@b] again"]) == {"b": 1, "a": 2, "c": 3}


def test_numbered_of_nothing_cited():
    assert numbered(["Nothing here."]) == {}


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Nothing here.", set()),
        ("![](picture:oven)", {"oven"}),
        ('![A hot oven](picture:oven-2 "It [bakes](#x) [@bls].")', {"oven-2"}),
        ("![](picture:a_b) and ![](picture:C)", {"a_b", "C"}),
        ("![](picture:oven)\n\n![](picture:oven)", {"oven"}),
        (
            "![](<picture:oven>), ![]( picture:plan ), ![two\nlines](\npicture:dough)",
            {"oven", "plan", "dough"},
        ),
        ("[![](picture:oven)](/guides/)", {"oven"}),
        ("[a link](picture:oven), picture:oven, ![](/picture:oven), ![](https://picture:oven)", set()),
        ("![](picture: oven), ![] (picture:oven), ![](PICTURE:oven)", set()),
        ("![](picture:)", {""}),
        ("![A [hot] oven](picture:oven)", {"oven"}),
        ("![A hot oven][x]\n\n[x]: picture:oven", {"oven"}),
        (r"![\]](picture:oven)", {"oven"}),
        ("`![](picture:oven)`", set()),
    ],
)
def test_named_pictures_of_a_text(text, slugs):
    assert named_pictures([text]) == slugs


def test_named_pictures_of_many_texts():
    assert named_pictures(["![](picture:a)", "", "![](picture:b) ![](picture:a)"]) == {"a", "b"}
