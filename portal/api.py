"""The API: all its addresses, below `/api/v1/`."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from accounts.api import PathsView, PathView, StepView
from guides.api import GuideViewSet

router = SimpleRouter()
router.register("guides", GuideViewSet, basename="api-guide")


urlpatterns = [
    path("v1/", include(router.urls)),
    path("v1/me/paths/", PathsView.as_view(), name="api-paths"),
    path("v1/me/paths/<slug:slug>/", PathView.as_view(), name="api-path"),
    path("v1/me/steps/<str:step>/", StepView.as_view(), name="api-step"),
    path("v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
]
