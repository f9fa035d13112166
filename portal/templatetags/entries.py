"""What the log of the studio says, for templates."""

from django import template

from portal.log import words_of

register = template.Library()
register.filter("words_of", words_of)
