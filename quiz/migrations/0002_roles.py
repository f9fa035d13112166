"""Who writes the questions of the quiz, and says what their answers weigh."""

from django.db import migrations

from portal.roles import allow, forbid

KINDS = ("question", "answer", "weight")
WRITING = [f"{verb}_{kind}" for kind in KINDS for verb in ("view", "add", "change", "delete")]
ALLOWED = {"Editor": WRITING, "Publisher": WRITING}

allow_quiz = allow("quiz", ALLOWED)


class Migration(migrations.Migration):
    dependencies = [("quiz", "0001_initial"), ("accounts", "0007_contact_requests")]

    operations = [migrations.RunPython(allow_quiz, forbid("quiz", ALLOWED))]
