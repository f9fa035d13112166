"""Matching as people meet it: the form, the goals that guides give, the page and the API."""
