"""One event per change and one head per chain."""

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One change, never altered: database triggers refuse UPDATE and DELETE.

    Events of one round form one chain (``chain`` is the round's scope, such as ``2024/53``; ``site`` for what belongs
    to no round), so that a province's log is complete and can be checked without any other province's.
    Names are kept as text: they stay readable when the person or the object is renamed.
    """

    chain = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=300)
    payload = models.TextField(help_text="Canonical JSON.")
    request_id = models.CharField(max_length=64, blank=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_event"
        ordering = ("chain", "seq")
        constraints = (models.UniqueConstraint(fields=("chain", "seq"), name="audit_event_chain_seq"),)
        indexes = (models.Index(fields=("object_type", "object_id"), name="audit_event_object"),)

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq} {self.action}"


class AuditHead(models.Model):
    """The last number and hash of a chain; locking its row puts writers in line."""

    chain = models.CharField(max_length=40, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_head"

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq}"
