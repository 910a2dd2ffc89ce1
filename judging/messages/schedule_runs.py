"""Sentences about computed schedules: what a service refuses, and why a computation ended early."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "computing_already": _("A schedule of this round is being computed already. Wait for it, or stop it."),
        "nothing_to_compute": _("There is no interview day, no room, or nobody to meet yet."),
        "computing_is_over": _("The computing has ended already."),
        "nothing_to_take": _("There is nothing to take: no schedule was found, or the draft is like that already."),
        "draft_changed_meanwhile": _(
            "Interviews that this schedule would change were changed by somebody meanwhile: %(nominees)s."
            " Compute once more from the draft as it is now."
        ),
        "computed_for_the_past": _(
            "Interviews that this schedule would change have begun meanwhile, or would have: %(nominees)s."
            " Compute once more."
        ),
        "computed_from_other": _(
            "A nominee, a room or a seat that this schedule counts on is gone. Compute once more."
        ),
        "run_given_up": _("The computing has ended already."),
        "worker_lost": _(
            "The computing was interrupted: its worker gave no sign of life any more."
            " What it had found until then can be taken."
        ),
        "worker_stopped": _(
            "The computing was interrupted because the service was stopped. What it had found until then can be taken."
        ),
        "computing_failed": _("The computing failed. The operator finds the reason in the log of the worker."),
    }
)
