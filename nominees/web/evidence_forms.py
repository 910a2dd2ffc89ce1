"""Forms by which evidence comes in and is withdrawn; what is taken, the services decide."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper

from .forms import offer

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.xlsx,.docx"


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one input; empty ones are told of by the service."""

    widget = _SeveralFiles(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class _EvidenceForm(forms.Form):
    """What both kinds of evidence have in common."""

    criterion = forms.ChoiceField(label=_("Criterion"), required=False)
    late_reason = forms.CharField(
        label=_("Why it comes late"), max_length=300, help_text=_("Shown to the panel, because scoring has begun.")
    )

    def __init__(self, data: Any, files: Any, *, round: Round, criteria: Mapping[str, str]) -> None:
        super().__init__(data, files, prefix=self.PREFIX)
        offer(self, "criterion", [("", _("The nominee as a whole")), *criteria.items()])
        if round.state != State.SCORING:
            del self.fields["late_reason"]

    PREFIX = ""


class FilesForm(_EvidenceForm):
    """Files, several at once."""

    PREFIX = "berkas"
    uploads = FilesField(label=_("Files"), allow_empty_file=True, max_length=255)
    field_order = ("uploads", "criterion", "late_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = page_form_helper(_("Store the files"))
        self.fields["uploads"].help_text = _(
            "PDF, JPEG, PNG, XLSX or DOCX; up to %(files)s at once, each at most %(most)s MB."
        ) % {"files": settings.EVIDENCE_FILES_AT_ONCE, "most": settings.EVIDENCE_SIZE_LIMIT // 1024**2}


class LinkForm(_EvidenceForm):
    """Something published elsewhere."""

    PREFIX = "tautan"
    title = forms.CharField(label=pgettext_lazy("evidence", "Title"), max_length=150)
    address = forms.CharField(
        label=_("Address"), max_length=500, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    field_order = ("title", "address", "criterion", "late_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = page_form_helper(_("Add the link"))


class WithdrawForm(forms.Form):
    """Why a piece of evidence is withdrawn."""

    reason = forms.CharField(label=phrases.REASON, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    helper = page_form_helper(_("Withdraw"))
