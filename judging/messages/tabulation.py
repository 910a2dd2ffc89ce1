"""Sentences about tabulating, and about why a nominee has no place."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "rules_missing": _("The round has no rules yet. Draft them first."),
        "category_without_rubric": _("%(category)s has no rubric. Assign one first."),
        "rubric_versions_mixed": _(
            "%(category)s, nominee %(number)s: a sheet was filled by another rubric version. Have it filled anew."
        ),
        "pool": _("A pool cannot be formed: its categories do not share one rubric."),
        "unranked_outside": _("Outside the ranking"),
        "unranked_withdrawn": _("Withdrawn"),
        "unranked_no_show": _("Did not come to the interview"),
        "unranked_insufficient_scores": _("Fewer scores than the quorum: %(criterion)s"),
        "unranked_missing_value": _("A figure is missing: %(criterion)s"),
        "unranked_not_applicable": _("No criterion applies"),
    }
)
