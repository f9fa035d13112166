from django.urls import path

from inbox import views

urlpatterns = [
    path("contact/", views.contact_us, name="contact-us"),
    path("contact/sent/", views.contact_us_sent, name="contact-us-sent"),
    path("privacy/", views.privacy, name="privacy"),
]
