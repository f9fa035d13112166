from django.urls import path

from accounts import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("guides/<slug:slug>/path/", views.path, name="path"),
    path("guides/<slug:slug>/path/follow/", views.follow_path, name="follow-path"),
    path("guides/<slug:slug>/path/leave/", views.leave_path, name="leave-path"),
    path("guides/<slug:slug>/path/steps/<uuid:step>/", views.say, name="say"),
]
