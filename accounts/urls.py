from django.urls import path

from accounts import previews, views
from accounts.dashboard import dashboard

urlpatterns = [
    path("dashboard/", dashboard, name="dashboard"),
    path("preview/<str:token>/", previews.guide, name="preview"),
    path("preview/<str:token>/path/", previews.path, name="preview-path"),
    path("guides/<slug:slug>/path/", views.path, name="path"),
    path("guides/<slug:slug>/path/follow/", views.follow_path, name="follow-path"),
    path("guides/<slug:slug>/path/leave/", views.leave_path, name="leave-path"),
    path("guides/<slug:slug>/path/steps/<uuid:step>/", views.say, name="say"),
]
