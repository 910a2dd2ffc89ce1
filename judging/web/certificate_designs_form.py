"""The forms that say how certificates look and bring pictures."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from crispy_forms.layout import HTML, Column, Div, Fieldset, Layout, Row
from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from judging.documents.pictures import LARGEST, PictureUnreadable, redrawn
from judging.models import CertificateDesign, DesignPicture, Frame, Orientation, PaperSize, PictureKind
from judging.selectors.certificate_designs import HEADINGS, WORDINGS
from judging.selectors.papers.certificate_previews import LONGEST, SAMPLE, SHORTEST
from judging.services.certificate_designs import MOST_BLOCKS, Block, Choice
from paritrana.kernel import phrases
from paritrana.kernel.forms import day_field, page_form_helper
from paritrana.kernel.sentences import sentence

LOGOS: Final = (1, 2, 3)
BLOCKS: Final = tuple(range(1, MOST_BLOCKS + 1))
COLOURS: Final = (
    ("#8a6d1d", _("Gold")),
    ("#8c3b1f", _("Copper")),
    ("#7a1f2b", _("Maroon")),
    ("#1f5c46", _("Green")),
    ("#1f4e79", _("Blue")),
    ("#5b2f6b", _("Violet")),
)
SHOWN: Final = ((LONGEST, _("Longest name")), (SHORTEST, _("Shortest name")), (SAMPLE, _("Sample")))
NONE: Final = ("", "–")


def _text(label: Any, most: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text)


def _picture(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None)


class DesignForm(forms.Form):
    """One use's design. What is left empty takes the usual words; without blocks, chair and secretary sign."""

    frame = forms.ChoiceField(label=_("Design"), choices=Frame.choices)
    background = _picture(_("Picture of your own frame"))
    colour = forms.ChoiceField(label=_("Colour"), choices=COLOURS)
    orientation = forms.ChoiceField(label=_("Orientation"), choices=Orientation.choices)
    paper = forms.ChoiceField(label=_("Paper"), choices=PaperSize.choices)
    issuing_body = _text(_("Issuing body"), 160)
    heading = _text(_("Heading"), 80)
    wording = _text(_("Words before the title"), 200)
    place = _text(capfirst(_("place")), 60)
    dated_on = day_field(_("Dated"), required=False)
    has_room_for_signature = forms.BooleanField(
        label=_("Free space for an electronic signature in the last block"), required=False
    )
    shown = forms.ChoiceField(label=_("Name in the preview"), choices=SHOWN, required=False)

    def __init__(self, *args: Any, pictures: Iterable[DesignPicture], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(pictures)
        self._offer("background", known, PictureKind.FRAME)
        for number in LOGOS:
            self.fields[f"logo_{number}"] = _picture(format_lazy(_("Logo {number}"), number=number))
            self._offer(f"logo_{number}", known, PictureKind.LOGO)
        for number in BLOCKS:
            self.fields[f"office_{number}"] = _text(_("Position"), 120)
            self.fields[f"name_{number}"] = _text(phrases.NAME, 120)
            self.fields[f"note_{number}"] = _text(_("Line below the name"), 120)
            self.fields[f"signature_{number}"] = _picture(_("Drawn signature"))
            self._offer(f"signature_{number}", known, PictureKind.SIGNATURE)
        self.helper = page_form_helper(with_tag=False)
        self.helper.layout = _layout()

    def _offer(self, field: str, pictures: list[DesignPicture], kind: str) -> None:
        choices = [(one.pk, one.name) for one in pictures if one.kind == kind]
        self.fields[field].choices = [NONE, *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An own frame needs its picture, which no other design shows; a block that was begun its office and name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("frame") == Frame.OWN and not cleaned.get("background"):
            self.add_error("background", sentence("certificate_frame_missing"))
        if cleaned.get("frame") != Frame.OWN and cleaned.get("background"):
            self.add_error("background", sentence("certificate_frame_unused"))
        for number in BLOCKS:
            office, name = cleaned.get(f"office_{number}"), cleaned.get(f"name_{number}")
            begun = office or name or cleaned.get(f"note_{number}") or cleaned.get(f"signature_{number}")
            if begun and not (office and name):
                empty = "name" if office else "office"
                self.add_error(f"{empty}_{number}", sentence("signature_block_incomplete"))
        return cleaned

    def choice(self) -> Choice:
        """Return what was chosen; the form must be valid."""
        found = self.cleaned_data
        plain = ("frame", "background", "colour", "orientation", "paper", "issuing_body", "heading", "wording", "place")
        blocks = [
            Block(
                office=found[f"office_{number}"],
                name=found[f"name_{number}"],
                note=found[f"note_{number}"],
                picture=found[f"signature_{number}"],
            )
            for number in BLOCKS
            if found[f"office_{number}"]
        ]
        return Choice(
            **{name: found[name] for name in plain},
            dated_on=found["dated_on"],
            has_room_for_signature=found["has_room_for_signature"],
            logos=tuple(found[f"logo_{number}"] for number in LOGOS if found[f"logo_{number}"]),
            blocks=tuple(blocks),
        )


def initial_of(use: str, design: CertificateDesign | None) -> Mapping[str, Any]:
    """Return what the form shows at first: the saved design, or the usual words."""
    if design is None:
        return {"heading": HEADINGS[use], "wording": WORDINGS[use], "shown": LONGEST}
    names = ("frame", "colour", "orientation", "paper", "issuing_body", "heading", "wording", "place", "dated_on")
    found: dict[str, Any] = {name: getattr(design, name) for name in names} | {"shown": LONGEST}
    found["has_room_for_signature"] = design.has_room_for_signature
    placed = [one.picture for one in design.pictures.all()]
    found["background"] = next((one.pk for one in placed if one.kind == PictureKind.FRAME), None)
    logos = [one.pk for one in placed if one.kind == PictureKind.LOGO]
    found |= {f"logo_{number}": key for number, key in enumerate(logos, start=1)}
    for number, block in enumerate(design.signature_blocks.all(), start=1):
        found |= {
            f"office_{number}": block.office,
            f"name_{number}": block.name,
            f"note_{number}": block.note,
            f"signature_{number}": block.picture_id,
        }
    return found


class PictureForm(forms.Form):
    """One picture; that it is one, its content says."""

    kind = forms.ChoiceField(label=_("What it is"), choices=PictureKind.choices)
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG or JPEG of at most 10 MB. A drawn signature looks best as PNG without a background."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )
    helper = page_form_helper(with_tag=False)

    def clean(self) -> dict[str, Any]:
        """Read no more of a file than shows that it is too large; try whether it is a picture."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if file := cleaned.get("file"):
            cleaned["content"] = bytes(file.read(LARGEST + 1))
            try:
                redrawn(cleaned["content"], sheet=False)
            except PictureUnreadable as refusal:
                self.add_error("file", forms.ValidationError(sentence(refusal.code), code=refusal.code))
        return cleaned


def _layout() -> Layout:
    """Look, words, logos, signatories: each a group."""
    blocks = [
        Div(
            HTML(f'<p class="app-note">{number}.</p>'),
            Row(Column(f"office_{number}"), Column(f"name_{number}")),
            Row(Column(f"note_{number}"), Column(f"signature_{number}")),
        )
        for number in BLOCKS
    ]
    return Layout(
        Fieldset(
            _("Look"),
            Row(Column("frame"), Column("colour")),
            Row(Column("orientation"), Column("paper")),
            "background",
            Row(*(Column(f"logo_{number}") for number in LOGOS)),
        ),
        Fieldset(_("Words"), "issuing_body", "heading", "wording", Row(Column("place"), Column("dated_on"))),
        Fieldset(_("Signature blocks, from the left"), *blocks, "has_room_for_signature"),
        "shown",
    )
