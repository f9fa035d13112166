"""All that differs between two states of a guide. Pure."""

from dataclasses import dataclass, fields

from guides.comparison.parts import Group, Part
from guides.comparison.summary import summary_of


@dataclass(frozen=True)
class Comparison:
    """All that differs between two states of a guide; false if nothing does.

    Parts that were added come first, in their order, then those that were removed, then the others.
    `guide` has one part at most, for what the guide says of itself.
    """

    steps: tuple[Part, ...] = ()
    sections: tuple[Part, ...] = ()
    stages: tuple[Part, ...] = ()
    guide: tuple[Part, ...] = ()
    sources: tuple[Part, ...] = ()
    pictures: tuple[Part, ...] = ()
    skills: tuple[Part, ...] = ()
    courses: tuple[Part, ...] = ()
    certifications: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self

    @property
    def groups(self) -> list[Group]:
        """The kinds of parts of which there is something to say."""
        found = ((field.name, getattr(self, field.name)) for field in fields(self))
        return [Group(_heading(name), name.removesuffix("s"), parts) for name, parts in found if parts]

    @property
    def summary(self) -> str:
        """What differs in a line, such as "2 steps added, 1 removed, 1 section reworded".

        Sources, skills and the like that came or went do so with what names them, and are left out.
        """
        return summary_of(self.groups)


def _heading(name: str) -> str:
    return "The guide" if name == "guide" else name.capitalize()
