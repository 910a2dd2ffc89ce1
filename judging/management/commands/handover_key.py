"""``manage.py handover_key``: make the key that signs hand-over packages, or tell the fingerprint of the one there."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from paritrana.kernel.errors import DomainError
from paritrana.kernel.seal import KeyMissing, grouped, make_key, read_key
from paritrana.kernel.sentences import explain


class Command(BaseCommand):
    """The fingerprint is read aloud to the national secretariat; the file stays where it is and is backed up."""

    help = "Make this installation's hand-over key if there is none, and print the fingerprint in groups of four."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.HANDOVER_KEY)
        try:
            key, told = read_key(path), "is there"
        except KeyMissing:
            key, told = make_key(path), "was made (mode 600); keep a copy in a safe place"
        except DomainError as error:
            raise CommandError(explain(error)) from None
        self.stdout.write(f"{path} {told}\n{grouped(key.fingerprint)}")
