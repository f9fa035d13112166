"""Measure and print a table: `make bench`. The site runs on a database of its own that is thrown away;
`DATABASE_URL=postgres://… make bench` makes it on that server.

Processor time of the server's process is the steadier figure on a machine that does other things too; the
ratio of two that took turns is steadier still.
"""

import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.databases import database
from bench.servers import Client, Server, serving

ROUNDS = 15
REQUESTS = 200  # of each kind in a round
GUIDE = "/guides/machine-learning-engineer/"

Cost = Callable[[], float]


def cost_of(server: Server, path: str) -> Cost:
    """Return what measures `path`: microseconds of the server's processor time for a request."""
    client = Client(server)

    def measure() -> float:
        begun = server.cpu()
        for _ in range(REQUESTS):
            client.get(path)
        return (server.cpu() - begun) / REQUESTS * 1e6

    return measure


def in_turns(costs: dict[str, Cost]) -> dict[str, list[float]]:
    """Return what each cost in every round; the rounds take turns, so that noise meets all alike."""
    for cost in costs.values():
        cost()  # what is kept after a first request is kept
    found: dict[str, list[float]] = {name: [] for name in costs}
    for _ in range(ROUNDS):
        for name, cost in costs.items():
            found[name].append(cost())
    return found


def report(found: dict[str, list[float]], yardstick: str) -> None:
    """Print the median of each in µs, and the median of its ratio to the yardstick of the same round."""
    print(f"{'CPU for one request':28} {'µs':>6} {'times the yardstick':>20}")
    for name, costs in found.items():
        ratios = [cost / base for cost, base in zip(costs, found[yardstick], strict=True)]
        print(f"{name:28} {statistics.median(costs):6.0f} {statistics.median(ratios):20.2f}")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder, database():
        os.environ.update(
            ENV_FILE=str(Path(folder) / "no.env"),
            SECRET_KEY="a key for measuring that signs nothing of worth",  # noqa: S106 (protects nothing)
            VAR_DIR=folder,
            TRUSTED_PROXIES="1",
            DJANGO_SETTINGS_MODULE="portal.settings",
        )
        import django

        django.setup()
        from portal.preparation import collect_static, load_content, migrate

        migrate()
        collect_static()
        load_content()
        with serving("portal.wsgi:application") as site, serving("bench.yardstick:application") as bare:
            costs = {
                "yardstick, constant 30 kB": cost_of(bare, "/"),
                "guide, for a visitor": cost_of(site, GUIDE),
                "path, for a visitor": cost_of(site, f"{GUIDE}path/"),
                "home, for a visitor": cost_of(site, "/"),
                "guide, by the API": cost_of(site, f"/api/v1{GUIDE}"),
            }
            report(in_turns(costs), "yardstick, constant 30 kB")
        from bench import browsing, facts, gap, searching

        gap.report()
        searching.report()
        with serving("portal.wsgi:application", workers=2) as site:
            browsing.report(site)
        facts.report()


main()
