"""A rubric whose first criterion has soft bounds, in a world that was made without them."""

import copy

from judging.core import rubric as rubrics
from judging.models import RubricVersion
from nominees.models import Category

from .sheets import TREE

SOFT = ["60", "95"]


def soften(category: Category) -> RubricVersion:
    """Give ``komitmen`` of the category's rubric the bounds :data:`SOFT`; before any sheet is begun."""
    tree = copy.deepcopy(TREE)
    tree["children"][0]["children"][0]["soft_bounds"] = SOFT
    read = rubrics.from_document(tree)
    version: RubricVersion = category.rubric.version  # the one that others who hold the category have at hand
    version.content, version.content_hash = rubrics.canonical(read).decode(), rubrics.content_hash(read)
    version.save(update_fields=["content", "content_hash"])
    return version
