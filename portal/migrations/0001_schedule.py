"""Tasks that come round."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ScheduledTask",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("last_at", models.DateTimeField(null=True, verbose_name="last begun")),
            ],
            options={
                "ordering": ("name",),
            },
        ),
    ]
