from django.urls import path, re_path

from guides import views
from guides.feeds import Editions
from guides.moves import leads_on

urlpatterns = [
    path("guides/", views.guide_list, name="guides"),
    path("glossary/", views.glossary, name="glossary"),
    path("feed/", Editions(), name="guides-feed"),
    path("feed/<slug:slug>/", leads_on(Editions()), name="guide-feed"),
    path("guides/<slug:slug>/", views.guide, name="guide"),
    path("guides/<slug:slug>/faq/", views.faq, name="faq"),
    re_path(r"^pictures/(?P<name>[0-9a-f]{20}\.(?:webp|svg))$", views.picture, name="picture"),
]
