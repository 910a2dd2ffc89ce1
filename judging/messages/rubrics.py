"""Sentences about rubrics, and what the scoring core refuses in a document."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "rubric_code_taken": _("The round already has a rubric with the code %(rubric)s."),
        "rubric_refused": _("This rubric cannot be used. Correct the document and send it again."),
        "rubric_unchanged": _("Nothing differs from version %(number)s, so no new version was made."),
        "rubric_elsewhere": _("This rubric belongs to another round."),
        "weights_sum": _(
            "The weights under %(title)s (%(branch)s) add up to %(found)s, not 100. Difference: %(missing)s."
        ),
        "duplicate_id": _("An id is used twice: %(at)s."),
        "malformed": _("This part of the document has the wrong form: %(at)s (%(message)s)."),
        "float_input": _('Write numbers as text, such as "12.5", so that they stay exact: %(at)s.'),
        "score_range": _("A value lies outside its scale: %(at)s."),
        "score_step": _("A value lies between two steps of its scale: %(at)s."),
        "transform": _("This indicator has no known transform: %(at)s."),
        "knots": _("The knots are missing or do not rise: %(at)s."),
        "steps": _("The thresholds are missing or do not rise: %(at)s."),
        "duplicate_score": _("A score is given twice: %(at)s."),
        "unknown_reference": _("A seat, nominee or criterion is not known: %(at)s."),
        "not_applicable": _("This criterion is always applicable: %(at)s."),
        "linear_degenerate": _("Both ends of a linear transform are the same figure: %(at)s."),
    }
)
