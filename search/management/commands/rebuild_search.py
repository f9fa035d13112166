"""`manage.py rebuild_search`: take all that can be found anew."""

from typing import Any

from django.core.management.base import BaseCommand

from search.freshness import rebuild
from search.models import SearchDocument


class Command(BaseCommand):
    help = (
        "Take all that the search can find anew. It keeps itself up to date; this is for when it is in doubt."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rebuild()
        print(f"{SearchDocument.objects.count()} things can be found.")
