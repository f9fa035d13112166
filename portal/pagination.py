"""Pages of lists in the API."""

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class Pages(PageNumberPagination):
    """`?page=` and `?page_size=`, 50 entries at a time and 200 at most; every list says its `count`."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        is_number = asked.isascii() and asked.isdigit() and len(asked) < 5
        if not is_number or not 1 <= int(asked) <= self.max_page_size:
            raise ValidationError({"page_size": f"Must be a whole number from 1 to {self.max_page_size}."})
        return int(asked)
