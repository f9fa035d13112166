from django.urls import path

from accounts import contacting, previews, review_pages, saved_pages, views
from accounts.dashboard import dashboard
from accounts.matching.page import match_page

urlpatterns = [
    path("dashboard/", dashboard, name="dashboard"),
    path("preview/<str:token>/", previews.guide, name="preview"),
    path("preview/<str:token>/path/", previews.path, name="preview-path"),
    path("guides/<slug:slug>/path/", views.path, name="path"),
    path("guides/<slug:slug>/path/follow/", views.follow_path, name="follow-path"),
    path("guides/<slug:slug>/path/leave/", views.leave_path, name="leave-path"),
    path("guides/<slug:slug>/path/steps/<uuid:step>/", views.say, name="say"),
    path("saved/", saved_pages.saved_list, name="saved"),
    path("saved/<str:kind>/<slug:slug>/", saved_pages.say_saved, name="save"),
    path("courses/<slug:slug>/reviews/", review_pages.review_list, name="reviews"),
    path("courses/<slug:slug>/review/", review_pages.own_review, name="review"),
    path("courses/<slug:slug>/review/delete/", review_pages.delete_review, name="delete-review"),
    path(
        "courses/<slug:slug>/reviews/<uuid:review>/report/", review_pages.report_review, name="report-review"
    ),
    path("courses/match/", match_page, name="match"),
    path("courses/<slug:slug>/contact/", contacting.contact, name="contact"),
    path("contact-requests/", contacting.contact_requests, name="contact-requests"),
    path("contact-requests/<uuid:pk>/withdraw/", contacting.withdraw_contact, name="withdraw-contact"),
]
