"""The languages that courses are given in, by their codes; the variants of one count as that one."""

from django.conf.locale import LANG_INFO

KEPT = ("pt-br", "zh-hans", "zh-hant")  # variants that a learner chooses between

NAMES = {
    code: str(info["name"])
    for code, info in LANG_INFO.items()
    if "name" in info and (code in KEPT or "-" not in code)
} | {"zh": "Chinese"}
LANGUAGES = sorted(NAMES.items(), key=lambda language: language[1])
