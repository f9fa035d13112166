"""What publishing would mean for those who follow a path, worked out without asking learner by learner.

`components` parts what two editions measure into pieces that have nothing to do with each other, `patterns`
lets the database count the learners who said the same of their steps, `measuring` asks `progress_of` once for
each pattern, and `changes` and `sentences` put the outcome into words.
"""

from accounts.impact.impact import Impact, Shift, impact_of

__all__ = ["Impact", "Shift", "impact_of"]
