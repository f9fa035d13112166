"""What this site knows of people: the page says it, and a test holds it to the tables that there are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from inbox.brakes import AN_HOUR
from inbox.forgetting import KEPT_DAYS

CHECKED_ON = date(2026, 11, 21)  # when somebody last compared the page with the code


@dataclass(frozen=True)
class Kept:
    """Something that is stored of a person, in these tables, and who sees it."""

    what: str
    words: str
    seen_by: str
    tables: tuple[str, ...]


KEPT = (
    Kept(
        "Your account",
        "Your e-mail address and whether it was confirmed, your password as a hash that cannot be turned "
        "back, when you joined and when you last logged in.",
        "you, and those of the staff who help people",
        ("accounts.User", "accounts.User_groups", "accounts.User_user_permissions", "account.EmailAddress"),
    ),
    Kept(
        "Paths and steps",
        "Which paths you follow and since when, what you said of each step, and each time that you said it.",
        "you, and those of the staff who help people; editors see numbers of people, not names",
        ("accounts.Enrolment", "accounts.StepState", "accounts.StepEvent"),
    ),
    Kept(
        "Saved courses",
        "Which courses and certifications you saved for later.",
        "you",
        ("accounts.Saved",),
    ),
    Kept(
        "Reviews",
        "Stars, text, and the name that you gave with them, if any; which reviews you reported, and why.",
        "everybody sees a review, with its name; a report is seen by the staff",
        ("accounts.Review", "accounts.ReviewReport"),
    ),
    Kept(
        "Requests to providers",
        "That you asked to be contacted about a course, with the name and message that you wrote, and the"
        " words that you agreed to. Taking a request back erases name, address and message.",
        "you, the staff, and the provider that you named",
        ("accounts.ContactRequest",),
    ),
    Kept(
        "Interview practice",
        "Which topics you practise, how you rated each answer and when, how long you thought, and your "
        "time zone.",
        "you",
        ("interviews.Deck", "interviews.Card", "interviews.Review"),
    ),
    Kept(
        "Quiz results",
        "Results of the career quiz that you chose to keep: your answers and the ranking of that day.",
        "you",
        ("quiz.Result",),
    ),
    Kept(
        "Job postings",
        "The text of postings that you asked to keep, once you compared them with a path.",
        "you",
        ("gap.KeptPosting",),
    ),
    Kept(
        "Messages to us",
        "Name, address, subject and text as you wrote them, your account if you were logged in, and our "
        f"replies. They are deleted, whatever became of them, {KEPT_DAYS} days after they came.",
        "those of the staff who answer",
        ("inbox.Message",),
    ),
)
# What says who of the staff did something.
OF_STAFF = (
    "admin.LogEntry",
    "accounts.Review",
    "facts.HistoricalNaming",
    "facts.HistoricalOutlook",
    "facts.HistoricalPlace",
    "facts.HistoricalSalary",
    "guides.Credit",
    "guides.Edition",
    "guides.Guide",
    "inbox.Reply",
)


def told() -> dict[str, Any]:
    """Return what the page says that the settings or the code decide."""
    return {
        "checked_on": CHECKED_ON,
        "kept": KEPT,
        "cookies": cookies(),
        "an_hour": AN_HOUR,
        "kept_days": KEPT_DAYS,
    }


def cookies() -> list[dict[str, str]]:
    """Return the cookies that this site sets: their names, what for, and how long they last."""
    days = 60 * 60 * 24  # seconds
    return [
        {
            "name": settings.SESSION_COOKIE_NAME,
            "words": "says that it is you who is logged in; while you sign up, what you wanted to do first",
            "lasts": f"{settings.SESSION_COOKIE_AGE // days} days, or until you log out",
        },
        {
            "name": settings.CSRF_COOKIE_NAME,
            "words": "keeps other sites from sending forms in your name: on the pages of accounts, and "
            "once you are logged in",
            "lasts": f"{settings.CSRF_COOKIE_AGE // days} days",
        },
        {
            "name": "messages",
            "words": "carries a line such as “Saved.” to the next page",
            "lasts": "until it was shown",
        },
    ]
