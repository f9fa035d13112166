"""Every template of the site compiles, and so does each that it names."""

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode

FOLDERS = [settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("[a-z]*/templates")]
NAMES = sorted({place.relative_to(folder).as_posix() for folder in FOLDERS for place in folder.rglob("*.*")})


def named_by(template):
    """Return the names that `template` extends or includes, where they are written out."""
    extended = [node.parent_name for node in template.nodelist.get_nodes_by_type(ExtendsNode)]
    included = [node.template for node in template.nodelist.get_nodes_by_type(IncludeNode)]
    return {name.var for name in [*extended, *included] if isinstance(name.var, str)}


def test_templates_are_found():
    assert "base.html" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles_with_what_it_names(name):
    for other in named_by(get_template(name).template):
        get_template(other)
