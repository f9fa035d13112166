from django.urls import path

from courses import views

urlpatterns = [
    path("courses/", views.course_list, name="courses"),
    path("certifications/", views.certification_list, name="certifications"),
]
