"""Build the demo edition, write its papers, print its logins."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from judging.management.demo.build import build
from judging.management.demo.facts import PASSWORD, Facts
from judging.management.papers import write_papers
from nominees.models import Edition, Round
from nominees.selectors.rounds import round_at
from paritrana.accounts.models import User
from paritrana.kernel import clock


class Command(BaseCommand):
    """A second run builds nothing: what people entered stays."""

    help = "Build the demo edition once, write its documents to output/ and print the logins."

    def handle(self, *args: Any, **options: Any) -> None:
        facts = Facts()
        year, province = facts.edition["assessment_year"], facts.edition["province"]
        if Edition.objects.filter(assessment_year=year).exists():
            self.stdout.write("Edisi contoh sudah ada; isinya dibiarkan.")
        else:
            call_command("load_regions", stdout=self.stdout)
            build(self.stdout.write, at=clock.now())
        round = round_at(year=year, scope=province)
        if round is not None:
            self._papers(round)
        self._logins()

    def _papers(self, round: Round) -> None:
        count = write_papers(round, settings.OUTPUT_DIR)
        folder = settings.OUTPUT_DIR
        shown = folder.relative_to(settings.BASE_DIR) if folder.is_relative_to(settings.BASE_DIR) else folder
        self.stdout.write(f"{count} dokumen ada di {shown}/")

    def _logins(self) -> None:
        self.stdout.write(f"\nMasuk dengan kata sandi {PASSWORD} sebagai:")
        grants = User.objects.filter(grants__revoked_at=None).prefetch_related("grants__region").distinct()
        for user in grants.order_by("pk"):
            roles = sorted(
                {
                    f"{grant.get_role_display()} {grant.region.name if grant.region else ''}".strip()
                    for grant in user.grants.all()
                    if grant.revoked_at is None
                }
            )
            self.stdout.write(f"  {user.username:<17} {user} ({', '.join(roles)})")
