"""What can be found: a document for each thing, the words that all of them use, and how fresh they are."""

import uuid

from django.db import models


class SearchDocument(models.Model):
    """A thing as the search knows it: `kind` and `key` say which, the texts are plain.

    The indices of the databases are made from `title_words` and `text_words`, see `search.words`; `boost`
    multiplies its rank.
    """

    class Kind(models.TextChoices):
        GUIDE = "guide", "guides"
        STEP = "step", "steps of paths"
        SECTION = "section", "sections of guides"
        COURSE = "course", "courses"
        CERTIFICATION = "certification", "certifications"
        SKILL = "skill", "skills"
        PROVIDER = "provider", "providers"
        QUESTION = "question", "questions"

    kind = models.CharField(max_length=16, choices=Kind)
    key = models.CharField(max_length=64)
    title = models.TextField()
    text = models.TextField()
    within = models.TextField(blank=True, help_text="What it is a part of; shown and not searched.")
    url = models.TextField()
    boost = models.FloatField(default=1)
    digest = models.CharField(max_length=64)
    title_words = models.TextField()
    text_words = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="search_document_once"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class Word(models.Model):
    """A word, and how many documents have it: what typos are compared with."""

    word = models.CharField(max_length=64, primary_key=True)
    documents = models.IntegerField()

    def __str__(self) -> str:
        return self.word


class State(models.Model):
    """At which version of a part of the site its documents were taken; `revision` is new when any changed.

    Until `busy_until`, a process is bringing them up to date.
    """

    part = models.CharField(max_length=16, primary_key=True)
    version = models.TextField(blank=True)
    revision = models.UUIDField(default=uuid.uuid4)
    busy_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.part} at {self.version}"
