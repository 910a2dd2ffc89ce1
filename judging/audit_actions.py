"""What the log says of judging. One section per subject."""

from django.utils.translation import gettext_lazy as _

from paritrana.audit.actions import register

# Rounds and rules
ROUND_ADVANCED = register("round.advanced", _("Round moved on"))

# Panel

# Rubrics

# Interviews

# Sheets

# Tabulation and plenary

# Documents and forwarding
