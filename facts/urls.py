from django.urls import path

from facts import pages

urlpatterns = [
    path("guides/<slug:slug>/salaries/", pages.salaries, name="salaries"),
    path("guides/<slug:slug>/salaries.csv", pages.salaries_file, name="salaries-file"),
    path("guides/<slug:slug>/outlook/", pages.outlook, name="outlook"),
    path("guides/<slug:slug>/outlook.csv", pages.outlook_file, name="outlook-file"),
]
