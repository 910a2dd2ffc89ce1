"""What the log says of editions, rounds and nominees."""

from django.utils.translation import gettext_lazy as _

from paritrana.audit.actions import register

EDITION_CREATED = register("edition.created", _("Edition created"))
ROUND_CREATED = register("round.created", _("Round created"))
CATEGORY_ADDED = register("category.added", _("Category added"))
CATEGORY_CHANGED = register("category.changed", _("Category changed"))
POOL_ADDED = register("pool.added", _("Pool added"))

NOMINATED = register("nomination.created", _("Nominated"))
NOMINATION_SCREENED = register("nomination.screened", _("Screened"))
NOMINATION_STATUS_SET = register("nomination.status_set", _("Status changed"))
NOMINATION_EDITED = register("nomination.edited", _("Data changed"))
INDICATOR_ENTERED = register("indicator.entered", _("Indicator entered"))
EVIDENCE_ADDED = register("evidence.added", _("Evidence added"))
EVIDENCE_WITHDRAWN = register("evidence.withdrawn", _("Evidence withdrawn"))

IMPORT_CHECKED = register("import.checked", _("Workbook checked"))
IMPORT_REFUSED = register("import.refused", _("Workbook refused"))
IMPORT_APPLIED = register("import.applied", _("Workbook imported"))
IMPORT_DISCARDED = register("import.discarded", _("Workbook discarded"))
