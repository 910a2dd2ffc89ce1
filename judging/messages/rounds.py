"""Sentences about rounds, rules and their states."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register({"standings_not_open_yet": _("Scores and places open with the plenary, once all sheets are closed.")})
