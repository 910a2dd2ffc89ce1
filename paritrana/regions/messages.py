"""Sentences about official codes."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "region_file_unreadable": _("%(file)s cannot be read as a file of region codes (%(text)s)."),
        "region_row_refused": _("%(file)s, line %(line)s: %(text)s does not fit the form of official codes."),
        "region_parent_missing": _("%(file)s: %(region_code)s lies in %(parent)s, which is not loaded."),
    }
)
