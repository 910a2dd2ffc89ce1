"""Verify the audit chains."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from paritrana.audit.selectors import chains, head_of, verified


class Command(BaseCommand):
    """Recompute every chain and say whether it holds."""

    help = "Recompute the hash chain of the audit log; exit status 1 at the first break."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--chain", help="Only this chain, such as 2024/53.")
        parser.add_argument(
            "--head", help="A published head, NUMBER:HASH, as printed on minutes: finds a cut-off tail."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        head = None
        if options["head"]:
            if not options["chain"]:
                raise CommandError("--head needs --chain: a head belongs to one chain.")
            number, _, digest = options["head"].partition(":")
            if not number.isdigit() or not digest:
                raise CommandError("--head takes NUMBER:HASH.")
            head = (int(number), digest)
        for chain in [options["chain"]] if options["chain"] else chains():
            found = verified(chain, head)
            if found:
                raise CommandError(f"{chain}: broken at event {found.seq} ({found.problem}).")
            number, digest = head_of(chain)
            self.stdout.write(f"{chain}: {number} events hold, head {number}:{digest}")
