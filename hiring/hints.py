"""What makes a job description fair and clear, said where it is missing."""

from collections.abc import Iterator

from hiring.posting import Posting, Said

MANY_SKILLS = 8
MUCH_FOR_A_BEGINNER = 3  # years
WIDE = 2  # times the lower end


def hints_of(said: Said, posting: Posting) -> list[str]:
    """Return what could be said better, each in a sentence or two."""
    return list(_hints(said, posting))


def _hints(said: Said, posting: Posting) -> Iterator[str]:
    if said.pay is None:
        yield "Say what it pays, from and to. Then whoever reads it can judge for themselves."
    elif said.pay.lowest and said.pay.highest and said.pay.highest > said.pay.lowest * WIDE:
        yield "The upper end of the pay is more than twice the lower one. Say what decides."
    if len(said.skills) > MANY_SKILLS:
        yield (
            f"You name {len(said.skills)} skills. Keep those that are needed on the first day; "
            "the others can be learned at work."
        )
    if said.level.casefold().startswith("junior") and (said.years or 0) >= MUCH_FOR_A_BEGINNER:
        yield f"“Junior” and {said.years} years of experience do not go together. Change one of them."
    if posting.blanks:
        are_left = "placeholder in [brackets] is" if posting.blanks == 1 else "placeholders in [brackets] are"
        yield f"{posting.blanks} {are_left} left. Fill in what is so, and delete what does not apply."
