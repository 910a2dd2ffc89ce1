"""Papers to be signed in a journey's own database: ``python -m tests.journeys.papers``.

The decided round of the world (Kalimantan Utara, ``2024/65``) is announced and published, has three small certificates
and a certificate file that ``PASSPHRASE`` opens.
"""

from datetime import timedelta

import django


def main() -> None:
    """Add to the database that the settings name."""
    django.setup()

    from django.db import connections

    from judging.selectors.awards import awards_in_force
    from judging.services.publication import publish
    from judging.services.signing_certificates import add_certificate
    from nominees.core.lifecycle import State
    from nominees.models import Round
    from paritrana.accounts.models import User
    from paritrana.kernel import clock
    from tests.factories.awards import make_document
    from tests.factories.signing import PASSPHRASE, issue, small_paper
    from tests.journeys.world import PRESENTER

    now = clock.now()
    rounds = Round.objects.filter(edition__assessment_year=2024, region__code="65", practice=0)
    rounds.update(state=State.ANNOUNCED)
    round = rounds.select_related("edition", "region").get()
    presenter = User.objects.get(username=PRESENTER)
    publish(round=round, actor=presenter, at=now)
    for number, award in enumerate(awards_in_force(round), start=1):
        make_document(award, user=presenter, content=small_paper(f"Piagam {number} (contoh)"))
    file = issue(begins=now - timedelta(days=1), ends=now + timedelta(days=30)).file
    told = {"name": "Sekretariat (contoh)", "content": file, "passphrase": PASSPHRASE}
    add_certificate(round=round, **told, actor=presenter, at=now)
    connections.close_all()


if __name__ == "__main__":
    main()
