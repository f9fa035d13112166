from django.urls import path

from quiz import pages, result_pages

urlpatterns = [
    path("quiz/", pages.quiz_page, name="quiz"),
    path("quiz/result/", pages.result_page, name="quiz-result"),
    path("quiz/shared/", pages.shared_page, name="quiz-shared"),
    path("quiz/results/", result_pages.results, name="quiz-results"),
    path("quiz/results/<uuid:pk>/delete/", result_pages.delete_result, name="quiz-delete-result"),
]
