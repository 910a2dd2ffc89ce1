"""What the log says of official codes."""

from django.utils.translation import gettext_lazy as _

from paritrana.audit.actions import register

REGIONS_LOADED = register("regions.loaded", _("Official region codes loaded"))
