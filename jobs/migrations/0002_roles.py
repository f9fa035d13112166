"""Who keeps the feeds: those who write the guides."""

from django.db import migrations

from portal.roles import allow, forbid

KEEPING = (
    "view_feed",
    "add_feed",
    "change_feed",
    "delete_feed",
    "view_posting",
    "hide_posting",
)
ALLOWED = {"Editor": KEEPING, "Publisher": KEEPING}

let_keep_feeds = allow("jobs", ALLOWED)


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
        ("accounts", "0007_contact_requests"),
    ]

    operations = [migrations.RunPython(let_keep_feeds, forbid("jobs", ALLOWED))]
