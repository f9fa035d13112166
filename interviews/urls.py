from django.urls import path

from interviews import pages
from interviews.practice import deck_pages, views

HERE = "guides/<slug:slug>/interview/"
PRACTICE = f"{HERE}practice/"

urlpatterns = [
    path("practice/", views.all_decks, name="all-practice"),
    path(HERE, pages.interview, name="interview"),
    path(PRACTICE, views.practice, name="practice"),
    path(f"{PRACTICE}rate/", views.rate_card, name="practice-rate"),
    path(f"{PRACTICE}undo/", views.undo_rating, name="practice-undo"),
    path(f"{PRACTICE}aside/", views.put_aside, name="practice-aside"),
    path(f"{PRACTICE}deck/", deck_pages.deck, name="practice-deck"),
    path(f"{PRACTICE}reset/", deck_pages.start_anew, name="practice-reset"),
    path(f"{PRACTICE}history/", deck_pages.history, name="practice-history"),
    path(f"{HERE}<slug:question>/", pages.question, name="interview-question"),
]
