"""Rubrics and their versions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nominees.models import Category, Round


class Rubric(models.Model):
    """A rubric of a round under one name; what it says is in its versions."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="rubrics")
    code = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=150)
    is_sample = models.BooleanField(_("sample, not official weights"), default=False)

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("round", "code"), name="rubric_code_once"),)

    def __str__(self) -> str:
        return self.name


class RubricVersion(models.Model):
    """A weighted criterion tree as canonical JSON (``judging.core.rubric.to_document``), identified by its hash.

    Content never changes once ``locked_at`` is set (a sheet exists, or the round left preparation): a database trigger
    refuses it. A change is a new version with a reason.
    """

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField(help_text="Canonical JSON.")
    content_hash = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("rubric", "number")
        constraints = (models.UniqueConstraint(fields=("rubric", "number"), name="rubric_version_once"),)

    def __str__(self) -> str:
        return f"{self.rubric} v{self.number}"


class CategoryRubric(models.Model):
    """The rubric version by which a category is judged."""

    category = models.OneToOneField(Category, on_delete=models.PROTECT, related_name="rubric")
    version = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="uses")

    def __str__(self) -> str:
        return f"{self.category}: {self.version}"
