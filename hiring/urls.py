from django.urls import path

from hiring import pages

urlpatterns = [
    path("guides/<slug:slug>/job-description/", pages.job_description, name="job-description"),
    path("job-descriptions/", pages.job_descriptions, name="job-descriptions"),
]
