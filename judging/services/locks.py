"""Writers of one round stand in line: whoever decides by the round's state locks its row first."""

from nominees.models import Round
from paritrana.kernel.transactions import require_transaction


def locked_round(round_id: int) -> Round:
    """Return the round with edition and region, locked until the transaction ends."""
    require_transaction()
    # Only its own row: PostgreSQL locks no nullable side of a join.
    return Round.objects.select_related("edition", "region").select_for_update(of=("self",)).get(pk=round_id)
