"""Who may do what with figures: those who write guides."""

from django.db import migrations

from portal.roles import allow, forbid

KINDS = ("naming", "outlook", "place", "salary")
ALL = [f"{verb}_{kind}" for verb in ("add", "change", "delete", "view") for kind in KINDS]
ALLOWED = {"Editor": ALL, "Publisher": ALL}

allow_figures = allow("facts", ALLOWED)
forbid_figures = forbid("facts", ALLOWED)


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_initial"), ("accounts", "0007_contact_requests")]

    operations = [migrations.RunPython(allow_figures, forbid_figures)]
