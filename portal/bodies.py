"""What clients of the API send."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

TOO_DEEP = "The JSON is nested too deeply. Nothing here takes more than a few levels."


class JSONBody(JSONParser):
    """JSON; nested beyond what can be read, it is the client's mistake as any other that breaks it."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError:
            raise ParseError(TOO_DEEP) from None
