"""Load and lock, in one stable order: the round before what belongs to it."""

from nominees.models import Category, Nomination, Round


def locked_round(round_id: int) -> Round:
    """Return the round, locked until the end of the transaction, with its edition and region."""
    rounds = Round.objects.select_for_update(of=("self",)).select_related("edition", "region")
    return rounds.get(pk=round_id)


def locked_category(category: Category) -> Category:
    """Return the category with its round, both locked."""
    round = locked_round(category.round_id)
    locked = Category.objects.select_for_update().get(pk=category.pk)
    locked.round = round
    return locked


def locked_nomination(nomination: Nomination) -> Nomination:
    """Return the nomination with its round, both locked, and with its category and nominee."""
    round = locked_round(nomination.round_id)
    related = Nomination.objects.select_related("category", "nominee__region", "nominee__business")
    locked = related.select_for_update(of=("self",)).get(pk=nomination.pk)
    locked.round = round
    return locked
