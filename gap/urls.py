from django.urls import path

from gap import views

urlpatterns = [
    path("guides/<slug:slug>/gap/", views.gap, name="gap"),
    path("guides/<slug:slug>/gap/kept/", views.keep_posting, name="gap-keep"),
    path("guides/<slug:slug>/gap/kept/<uuid:pk>/delete/", views.forget_posting, name="gap-forget"),
]
