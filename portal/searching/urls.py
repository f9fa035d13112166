from django.urls import path

from portal.searching import pages

urlpatterns = [
    path("search/", pages.search, name="search"),
    path("search/suggestions/", pages.suggestions, name="search-suggestions"),
]
