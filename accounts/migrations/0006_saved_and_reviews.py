"""What learners save for later and what they say of courses; and who moderates it."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

MODERATORS = ("Catalog editor", "Support")
MODERATING = ("moderate_review", "view_review")


def allow_moderating(apps, schema_editor):
    """Let those roles that are there look at reviews, hide them and show them."""
    database = schema_editor.connection.alias
    create_permissions(installed.get_app_config("accounts"), apps=apps, verbosity=0, using=database)
    for group in _groups(apps, database):
        group.permissions.add(*_permissions(apps, database))


def forbid_moderating(apps, schema_editor):
    database = schema_editor.connection.alias
    for group in _groups(apps, database):
        group.permissions.remove(*_permissions(apps, database))


def _groups(apps, database):
    return apps.get_model("auth", "Group").objects.using(database).filter(name__in=MODERATORS)


def _permissions(apps, database):
    made = apps.get_model("auth", "Permission").objects.using(database)
    return made.filter(content_type__app_label="accounts", codename__in=MODERATING)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_states_within_their_index'),
        ('courses', '0003_changes_are_noted'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stars', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                ('text', models.TextField(blank=True, max_length=4000)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('hidden_at', models.DateTimeField(blank=True, null=True)),
                ('hidden_reason', models.CharField(blank=True, max_length=300, verbose_name='why it is hidden')),
                ('course', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', related_query_name='review', to='courses.course')),
                ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', related_query_name='hidden_review', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to=settings.AUTH_USER_MODEL, verbose_name='author')),
            ],
            options={
                'ordering': ('-written_at', '-id'),
                'permissions': (('moderate_review', 'Can hide and show reviews'),),
            },
        ),
        migrations.CreateModel(
            name='ReviewReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('advertising', 'It advertises something'), ('insulting', 'It insults or threatens somebody'), ('private', 'It says private things of somebody'), ('elsewhere', 'It is not about this course'), ('untrue', 'It says something untrue')], max_length=12)),
                ('reported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', related_query_name='report', to='accounts.review')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='review_reports', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-reported_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Saved',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('certification', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', related_query_name='saved', to='courses.certification')),
                ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', related_query_name='saved', to='courses.course')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='saved', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved course or certification',
                'verbose_name_plural': 'saved courses and certifications',
                'ordering': ('-saved_at', '-pk'),
            },
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['course', '-written_at', '-id'], name='review_by_course'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('user', 'course'), name='review_once'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('stars__range', (1, 5))), name='review_gives_stars'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_at', None), ('hidden_by', None), ('hidden_reason', '')), models.Q(('hidden_at__isnull', False), ('hidden_by__isnull', False), models.Q(('hidden_reason', ''), _negated=True)), _connector='OR'), name='review_is_hidden_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='reviewreport',
            constraint=models.UniqueConstraint(fields=('user', 'review'), name='review_report_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewreport',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['advertising', 'insulting', 'private', 'elsewhere', 'untrue'])), name='review_report_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='saved',
            constraint=models.UniqueConstraint(fields=('user', 'course'), name='saved_course_once'),
        ),
        migrations.AddConstraint(
            model_name='saved',
            constraint=models.UniqueConstraint(fields=('user', 'certification'), name='saved_certification_once'),
        ),
        migrations.AddConstraint(
            model_name='saved',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('certification', None), ('course__isnull', False)), models.Q(('certification__isnull', False), ('course', None)), _connector='OR'), name='saved_is_one_thing'),
        ),
        migrations.RunPython(allow_moderating, forbid_moderating),
    ]
