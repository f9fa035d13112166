"""Who reads and answers what people write: support."""

from django.db import migrations

from portal.roles import allow, forbid

ALLOWED = {"Support": ["view_message", "change_message"]}

allow_answering = allow("inbox", ALLOWED)


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_initial"), ("accounts", "0007_contact_requests")]

    operations = [migrations.RunPython(allow_answering, forbid("inbox", ALLOWED))]
