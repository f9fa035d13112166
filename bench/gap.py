"""Finding skills in a posting: how well, on the labelled sentences, and how fast, among 10,000 names."""

import random
import statistics
import time

NAMES = 10_000
CHARACTERS = 6_000
ROUNDS = 40
SEED = 3
SYLLABLES = [
    *("ba", "ko", "mi", "ter", "ax", "lo", "ny", "dra"),
    *("fe", "zu", "qui", "ral", "son", "pe", "vi"),
]
POSTING = (
    "We are a team of nine and look for somebody who enjoys turning data into decisions. You write Python "
    "and SQL, and know machine learning beyond its tutorials: feature engineering, model evaluation, and "
    "what to do when a model drifts. Our stack: PostgreSQL, Airflow, Docker, Kubernetes on AWS.\n"
    "- 3 years of experience in R, Python or Go\n- PyTorch/TensorFlow\n- Good communication skills\n"
    "We offer a pension, thirty days of leave and a garden. Ask Julia if anything is unclear.\n\n"
)


def report() -> None:
    """Print precision and recall by kind of sentence, and the processor time that a posting takes."""
    from gap.finding import Finder, Name
    from gap.vocabulary import vocabulary
    from tests.gap.postings import scores

    print(f"\n{'Skills in postings, held-out sentences':44} {'precision':>10} {'recall':>8}")
    for kind, score in scores("heldout").items():
        print(f"{kind:44} {score.precision:10.3f} {score.recall:8.3f}")
    names = [*vocabulary().finder.names, *(Name(name, name) for name in _made_up())]
    begun = time.process_time()
    finder = Finder(names)
    built = (time.process_time() - begun) * 1e3
    text = (POSTING * (CHARACTERS // len(POSTING) + 1))[:CHARACTERS]
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        finder.find(text)
        taken.append((time.process_time() - begun) * 1e3)
    median = statistics.median(taken)
    print(f"a posting of {CHARACTERS:,} characters, {len(names):,} names: {median:.1f} ms of processor time;")
    print(f"the automaton is built in {built:.0f} ms, once for each change of a name")


def _made_up() -> set[str]:
    chance = random.Random(SEED)  # noqa: S311 (not for secrets)
    return {
        " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(chance.randint(1, 3)))
        for _ in range(NAMES)
    }
