"""Who may write questions."""

from django.db import migrations

from portal.roles import allow, forbid

WRITING = [f"{verb}_{thing}" for thing in ("question", "topic") for verb in ("add", "change", "delete", "view")]
ALLOWED = {"Editor": WRITING, "Publisher": WRITING}

give_roles = allow("interviews", ALLOWED)
take_roles = forbid("interviews", ALLOWED)


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0002_changes_are_noted"),
        ("accounts", "0007_contact_requests"),
    ]
    operations = [migrations.RunPython(give_roles, take_roles)]
