"""Questions and topics in the studio. What learners practise is nobody else's business."""

from interviews.admin.questions import QuestionAdmin, TopicAdmin

__all__ = ["QuestionAdmin", "TopicAdmin"]
