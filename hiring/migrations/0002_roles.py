"""Who writes the samples of job descriptions."""

from django.db import migrations

from portal.roles import allow, forbid

WRITING = [f"{verb}_jobdescription" for verb in ("view", "add", "change", "delete")]
ALLOWED = {"Editor": WRITING, "Publisher": WRITING}

allow_hiring = allow("hiring", ALLOWED)


class Migration(migrations.Migration):
    dependencies = [("hiring", "0001_initial"), ("accounts", "0007_contact_requests")]

    operations = [migrations.RunPython(allow_hiring, forbid("hiring", ALLOWED))]
