"""What is pointed out before a member submits; it stands in nobody's way."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "look_far_from_own_median": _(
            "You gave %(mark)s; the middle of your other marks for this criterion is %(median)s."
        ),
        "look_all_equal": _("All your marks on this sheet stand at the same height of their scales."),
    }
)
