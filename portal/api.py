"""The API: all its addresses, below `/api/v1/`."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from accounts.api import PathsView, PathView, StepView
from accounts.matching.api import MatchView
from accounts.reviews_api import OwnReviewView, ReviewsView
from accounts.saved_api import SavedListView, SavedView
from courses.api import CertificationViewSet, CourseViewSet, ProviderViewSet, SkillViewSet
from facts.api import OutlookViewSet, SalaryViewSet
from gap.api import GapView
from guides.api import GuideViewSet
from interviews.api import QuestionsView, QuestionView
from jobs.api import JobsView
from portal.searching.api import SearchView
from quiz.api import QuizResultView, QuizView

router = SimpleRouter()
router.register("guides", GuideViewSet, basename="api-guide")
router.register("courses", CourseViewSet, basename="api-course")
router.register("certifications", CertificationViewSet, basename="api-certification")
router.register("providers", ProviderViewSet, basename="api-provider")
router.register("skills", SkillViewSet, basename="api-skill")
router.register("salaries", SalaryViewSet, basename="api-salary")
router.register("outlook", OutlookViewSet, basename="api-outlook")


urlpatterns = [
    path("v1/courses/match/", MatchView.as_view(), name="api-match"),  # before the course of that slug
    path("v1/", include(router.urls)),
    path("v1/guides/<slug:slug>/gap/", GapView.as_view(), name="api-gap"),
    path("v1/me/paths/", PathsView.as_view(), name="api-paths"),
    path("v1/me/paths/<slug:slug>/", PathView.as_view(), name="api-path"),
    path("v1/me/steps/<str:step>/", StepView.as_view(), name="api-step"),
    path("v1/me/saved/", SavedListView.as_view(), name="api-saved"),
    path("v1/me/saved/<str:kind>/<slug:slug>/", SavedView.as_view(), name="api-save"),
    path("v1/me/reviews/<slug:slug>/", OwnReviewView.as_view(), name="api-review"),
    path("v1/courses/<slug:slug>/reviews/", ReviewsView.as_view(), name="api-reviews"),
    path("v1/quiz/", QuizView.as_view(), name="api-quiz"),
    path("v1/quiz/result/", QuizResultView.as_view(), name="api-quiz-result"),
    path("v1/jobs/", JobsView.as_view(), name="api-jobs"),
    path("v1/interview-questions/", QuestionsView.as_view(), name="api-interview-questions"),
    path("v1/interview-questions/<slug:slug>/", QuestionView.as_view(), name="api-interview-question"),
    path("v1/search/", SearchView.as_view(), name="api-search"),
    path("v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
]
