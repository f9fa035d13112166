"""Other names of skills: each comes once, to the skill that is there, and over none of the staff's."""

from collections.abc import Mapping, Sequence

from courses.models import Seeded, Skill, SkillAlias
from courses.seeding.schema import SkillEntry

KIND = "skillalias"


def bring_aliases(entries: Sequence[SkillEntry], ids: Mapping[str, int]) -> None:
    """Give skills, by the `ids` of their slugs, the aliases that never came here; four queries.

    An alias that is the name of another skill of the staff's is left out, and so is one that is given.
    """
    named = {alias.name.lower(): (entry.slug, alias) for entry in entries for alias in entry.aliases}
    new = Seeded.objects.arriving(KIND, named)
    if not new:
        return
    names = dict(Skill.objects.values_list("name", "pk"))
    owners = {name.lower(): pk for name, pk in names.items()}
    rows = [
        SkillAlias(skill_id=ids[slug], name=alias.name, how=alias.how)
        for name, (slug, alias) in named.items()
        if name in new and slug in ids and owners.get(name, ids[slug]) == ids[slug]
    ]
    SkillAlias.objects.bulk_create(rows, ignore_conflicts=True)
