from django.urls import path

from portal.catalog import comparison, lists, pages

urlpatterns = [
    path("courses/", lists.course_list, name="courses"),
    path("courses/compare/", comparison.compare, name="compare"),
    path("courses/<slug:slug>/", pages.course, name="course"),
    path("certifications/", lists.certification_list, name="certifications"),
    path("certifications/<slug:slug>/", pages.certification, name="certification"),
    path("providers/<slug:slug>/", pages.provider, name="provider"),
    path("skills/<slug:slug>/", pages.skill, name="skill"),
]
