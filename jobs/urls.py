from django.urls import path

from jobs import views

urlpatterns = [
    path("guides/<slug:slug>/jobs/", views.jobs, name="jobs"),
]
