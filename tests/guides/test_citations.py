"""Citations in text."""

import pytest

from guides.citations import cited_keys, numbered


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
