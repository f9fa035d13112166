"""The rules of `rules.yaml`, made ready."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gap.finding.folding import fold_name


@dataclass(frozen=True)
class Rules:
    """What is known of the words around names; see `rules.yaml`.

    `before_strong`, `before_weak` and `not_before` match folded text up to its end, `after`, `not_after` and
    `host` from a place on; `listed` and `joined` match what stands between two items of a list.
    """

    decoys: tuple[str, ...]
    before_strong: re.Pattern[str]
    before_weak: re.Pattern[str]
    after: re.Pattern[str]
    listed: re.Pattern[str]
    joined: re.Pattern[str]
    alternative: re.Pattern[str]
    glued: frozenset[str]
    continued: frozenset[str]
    attached: frozenset[str]
    host: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]


def _any(phrases: Iterable[str], *, folded: bool = True) -> str:
    """Return a pattern of any of `phrases`, the longest first."""
    each = {fold_name(phrase) if folded else phrase for phrase in phrases}
    return "|".join(re.escape(phrase) for phrase in sorted(each, key=len, reverse=True))


def _before(phrases: Iterable[str], between: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<!\w))(?:{_any(phrases)})[\s(\"']*{between}$")


def _rules(told: dict[str, Any]) -> Rules:
    words, fillers = (
        _any(told["between"]["and"], folded=False),
        _any(told["between"]["fillers"], folded=False),
    )
    level = r"(?:\s*\([^()\n]{0,24}\))?"
    bullet = r"[-*•·▪◦●‣–—]"
    article = r"(?:[dl]['’]|(?:de|du|des|la|le|les|the|den|der|die)\s+)?"
    word = rf"(?:(?:{words})\.?(?!\w)\s*)?(?:(?:{fillers})\s+)*{article}"
    sign = rf"[,;/|+•·▪◦●、，；・&]|\s[-–—]\s|\n\s*{bullet}?|\)\s*\("
    return Rules(
        decoys=tuple(told["decoys"]),
        before_strong=_before(told["before"]["strong"]),
        before_weak=_before(told["before"]["weak"]),
        after=re.compile(rf"[\s)\"']{{0,4}}(?:{_any(told['after'])})(?!\w)"),
        listed=re.compile(rf"(?i){level}[)\]\"'”’]*\s*(?:{sign})\s*{word}[(\[\"'“‘]*"),
        joined=re.compile(
            rf"(?i){level}[)\"'”’]*\s*\(?\s*(?:{words})\.?\s*(?:(?:{fillers})\s+)*{article}[(\"'“‘]*"
        ),
        alternative=re.compile(r"(?i)[\s,/]*(?:or|nor|oder|ou|o|/)?\s*"),
        glued=frozenset(told["glued"]),
        continued=frozenset(map(fold_name, told["continued"])),
        attached=frozenset(map(fold_name, told["attached"])),
        host=re.compile(rf"\.(?:{_any(told['hosts'])})(?!\w)"),
        not_before=_before(told["not_before"], rf"(?:(?:{_any(told['loose'])})\s+){{0,2}}"),
        not_after=re.compile(rf"[\s)\"']{{0,4}}(?:\w+ ){{0,1}}(?:{_any(told['not_after'])})(?!\w)"),
    )


RULES = _rules(yaml.safe_load((Path(__file__).parent / "rules.yaml").read_text(encoding="utf-8")))
