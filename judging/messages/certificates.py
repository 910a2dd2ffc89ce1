"""Sentences about how certificates look."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "certificate_frame_missing": _("Choose the picture of your own frame, or one of the designs."),
        "certificate_frame_unused": _(
            "This picture is only used with the design “Own frame”. Choose that design, or no picture here."
        ),
        "certificate_colour_unknown": _("Choose one of the colours."),
        "design_picture_unknown": _("This picture is not there any more. Choose another."),
        "too_many_logos": _("At most three logos stand on a certificate."),
        "too_many_signature_blocks": _("At most three people sign a certificate."),
        "signature_block_incomplete": _("A signature block needs an office and a name."),
        "design_picture_in_use": _("%(name)s stands on a certificate. Take it off there first."),
        "design_picture_withdrawn_already": _("This picture was taken away already."),
        "design_picture_damaged": _("The stored picture %(name)s cannot be read. Upload it again."),
        "design_picture_not_taken": _("The file cannot be taken: it has to be a PNG or JPEG picture of at most 10 MB."),
        "picture_empty": _("The file is empty."),
        "picture_too_large": _("The file is larger than 10 MB. Save the picture smaller."),
        "picture_kind_unknown": _("Only PNG and JPEG pictures can be taken."),
        "picture_too_many_dots": _("The picture has more than 40 million dots. Save it smaller."),
        "picture_damaged": _("The picture cannot be opened; it may be cut off."),
    }
)
