"""Sentences about rubrics and what is wrong with a rubric document."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

#: What comes before a core refusal's code: the same code says something else of a sheet.
FAULT = "rubric_"

register(
    {
        "rubric_code_taken": _("The round already has a rubric with the code %(rubric)s."),
        "rubric_refused": _("This rubric cannot be used. Correct the document and send it again."),
        "rubric_unchanged": _("Nothing differs from version %(number)s, so no new version was made."),
        "rubric_elsewhere": _("This rubric belongs to another round."),
        "rubric_weights_sum": _(
            "The weights under %(title)s (%(branch)s) add up to %(found)s, not 100. Difference: %(missing)s."
        ),
        "rubric_duplicate_id": _("An id is used twice: %(at)s."),
        "rubric_malformed": _("This part of the document has the wrong form: %(at)s (%(message)s)."),
        "rubric_float_input": _('Write numbers as text, such as "12.5", so that they stay exact: %(at)s.'),
        "rubric_score_range": _("A value lies outside its scale: %(at)s."),
        "rubric_score_step": _("A value lies between two steps of its scale: %(at)s."),
        "rubric_transform": _("This indicator has no known transform: %(at)s."),
        "rubric_knots": _("The knots are missing or do not rise: %(at)s."),
        "rubric_steps": _("The thresholds are missing or do not rise: %(at)s."),
        "rubric_linear_degenerate": _("Both ends of a linear transform are the same figure: %(at)s."),
    }
)
