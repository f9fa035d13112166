"""The studio's screens that show what a change means for readers and learners."""

from portal.admin import lives, log, preview, publish, work

__all__ = ["lives", "log", "preview", "publish", "work"]
