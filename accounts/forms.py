"""What learners send."""

from django import forms

from guides.progress import State

NAMES = ", ".join(State)


class StateForm(forms.Form):
    """The state that a learner sets a step to."""

    state = forms.TypedChoiceField(
        choices=[(state.value, state.value) for state in State],
        coerce=State,
        error_messages={
            "required": f"Say which state the step should have: one of {NAMES}.",
            "invalid_choice": f"“%(value)s” is no state of a step. Use one of {NAMES}.",
        },
    )
