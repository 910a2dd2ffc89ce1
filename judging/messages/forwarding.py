"""Sentences about winners on their way to the national round."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "not_a_provincial_round": _("Only a provincial round forwards its winners."),
        "national_round_missing": _(
            "%(edition)s has no national round yet. Ask the platform administrator to create it, then forward again."
        ),
        "national_round_not_receiving": _(
            "The national round of %(edition)s has begun to score and takes nobody any more. Ask the national"
            " secretariat."
        ),
        "national_category_missing": _(
            "The national round of %(edition)s lacks the categories %(codes)s. The national secretariat adds them on"
            " its categories page, then forward again."
        ),
        "national_category_ambiguous": _(
            "Several national categories take the winners of %(code)s: %(categories)s. The national secretariat says on"
            " its categories page which one takes them from this province."
        ),
        "national_category_differs": _(
            "The national category %(category)s takes another kind, sector or size than its provincial winner. The"
            " platform administrator mends the categories of the national round."
        ),
        "shared_place_exceeds_quota": _(
            "In %(category)s %(winners)s nominees share the places, but only %(quota)s may be forwarded. The plenary"
            " decides who goes."
        ),
        "nominated_elsewhere_nationally": _(
            "%(nominee)s already stands in %(category)s of the national round. The national secretariat moves it to"
            " the right category, then forward again."
        ),
    }
)
