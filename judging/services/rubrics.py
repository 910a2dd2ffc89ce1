"""Writing rubrics: every draft is a new version, and a version in use never changes."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from judging import audit_actions, permissions
from judging.core import rubric as core
from judging.core.criteria import Rubric as Tree
from judging.core.reading import json_object, refuse_floats
from judging.core.refusals import Malformed, Refusal
from judging.models import CategoryRubric, Rubric, RubricVersion
from nominees.models import Category, Level, Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service, require_transaction

from .locks import locked_round

_SLUG = re.compile(r"[-a-z0-9_]{1,60}")


class RubricCodeTaken(DomainError):
    """The round has a rubric of this code; facts ``rubric``."""

    code = "rubric_code_taken"


class RubricRefused(DomainError):
    """The document is no usable rubric; facts ``faults``: every core refusal that was found, in order."""

    code = "rubric_refused"


class RubricUnchanged(DomainError):
    """The document says what the newest version says; facts ``number``."""

    code = "rubric_unchanged"


class RubricElsewhere(DomainError):
    """The rubric belongs to another round."""

    code = "rubric_elsewhere"


@atomic_service
def create_rubric(*, round: Round, code: str, name: str, actor: User, at: datetime, is_sample: bool = False) -> Rubric:
    """Open a rubric, still without a version. Only in preparation. Raises :class:`RubricCodeTaken`."""
    round = locked_round(round.pk)
    permissions.can_draft_rules(actor, round).require()
    if Rubric.objects.filter(round=round, code=code).exists():
        raise RubricCodeTaken(rubric=code)
    rubric = Rubric.objects.create(round=round, code=code, name=name, is_sample=is_sample)
    payload = {"code": code, "name": name, "is_sample": is_sample}
    record(action=audit_actions.RUBRIC_CREATED, actor=actor, at=at, target=rubric, chain=round.scope, payload=payload)
    return rubric


def read_document(text: str) -> Any:
    """Return the JSON in ``text``, refusing what would not be read exactly. Raises ``malformed``, ``float_input``."""
    try:
        document = json.loads(text, object_pairs_hook=json_object)
    except (ValueError, RecursionError):
        raise Malformed("tree", "this is not a JSON document") from None
    refuse_floats(document, "tree")
    # A file of this product names the rubric beside its tree.
    return document["tree"] if isinstance(document, dict) and "tree" in document else document


@atomic_service
def draft_rubric_version(
    *, rubric: Rubric, document: Any, actor: User, at: datetime, reason: str = ""
) -> RubricVersion:
    """Write ``document`` (plain JSON of the tree) as the next version of ``rubric``. Only in preparation.

    Categories judged by an earlier version keep it until the new one is assigned. Raises :class:`RubricRefused`
    (all faults at once) and :class:`RubricUnchanged`.
    """
    round = locked_round(rubric.round_id)
    permissions.can_draft_rules(actor, round).require()
    tree = _checked(document)
    newest = RubricVersion.objects.filter(rubric=rubric).order_by("-number").first()
    content_hash = core.content_hash(tree)
    if newest and newest.content_hash == content_hash:
        raise RubricUnchanged(number=newest.number)
    version = RubricVersion.objects.create(
        rubric=rubric,
        number=newest.number + 1 if newest else 1,
        content=core.canonical(tree).decode("ascii"),
        content_hash=content_hash,
        reason=reason,
        created_by=actor,
        created_at=at,
    )
    payload = {"rubric": rubric.code, "number": version.number, "hash": content_hash, "reason": reason}
    record(
        action=audit_actions.RUBRIC_VERSION_DRAFTED,
        actor=actor,
        at=at,
        target=version,
        chain=round.scope,
        payload=payload,
    )
    return version


@atomic_service
def assign_rubric(*, category: Category, version: RubricVersion, actor: User, at: datetime) -> CategoryRubric:
    """Judge ``category`` by ``version``; the same again changes nothing. Only in preparation.

    Raises :class:`RubricElsewhere`.
    """
    round = locked_round(category.round_id)
    permissions.can_draft_rules(actor, round).require()
    if version.rubric.round_id != round.pk:
        raise RubricElsewhere
    use = CategoryRubric.objects.filter(category=category).first()
    if use and use.version_id == version.pk:
        return use
    use, _ = CategoryRubric.objects.update_or_create(category=category, defaults={"version": version})
    payload = {"category": category.code, "rubric": version.rubric.code, "number": version.number}
    record(
        action=audit_actions.RUBRIC_ASSIGNED,
        actor=actor,
        at=at,
        target=version,
        chain=round.scope,
        payload=payload | {"hash": version.content_hash},
    )
    return use


def ensure_locked(*, version: RubricVersion, actor: User, at: datetime) -> RubricVersion:
    """Lock ``version`` for ever, if it is not: from now on the database refuses to change it. Needs a transaction.

    Whoever writes the first sheet calls this too; a version known to be locked costs no query.
    """
    require_transaction()
    if version.locked_at is not None:
        return version
    locked = RubricVersion.objects.select_for_update().get(pk=version.pk)
    if locked.locked_at is None:
        scope = locked.rubric.round.scope
        locked.locked_at = at
        locked.save(update_fields=["locked_at"])
        record(
            action=audit_actions.RUBRIC_VERSION_LOCKED,
            actor=actor,
            at=at,
            target=locked,
            chain=scope,
            payload={"hash": locked.content_hash},
        )
    return locked


def lock_rubric_versions(*, round: Round, actor: User, at: datetime) -> list[RubricVersion]:
    """Lock every version by which a category of ``round`` is judged. Needs a transaction."""
    used = RubricVersion.objects.filter(uses__category__round=round).distinct().order_by("pk")
    return [ensure_locked(version=version, actor=actor, at=at) for version in used]


def sample_documents(level: str = Level.PROVINCIAL) -> list[dict[str, Any]]:
    """Return the sample rubrics of a round of ``level``: ``code``, ``name``, ``kinds``, ``tree``."""
    folder = settings.BASE_DIR / "fixtures" / "rubrics" / ("nasional" if level == Level.NATIONAL else "")
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


@atomic_service
def add_sample_rubrics(*, round: Round, actor: User, at: datetime) -> list[Rubric]:
    """Add the sample rubrics that ``round`` does not have, and judge by them the categories that have none.

    Returns what was added; a second run adds nothing.
    """
    present = set(Rubric.objects.filter(round=round).values_list("code", flat=True))
    added = []
    for sample in sample_documents(round.level):
        if sample["code"] in present:
            continue
        rubric = create_rubric(
            round=round, code=sample["code"], name=sample["name"], is_sample=True, actor=actor, at=at
        )
        version = draft_rubric_version(rubric=rubric, document=sample["tree"], actor=actor, at=at)
        for category in Category.objects.filter(round=round, kind__in=sample["kinds"], rubric=None):
            assign_rubric(category=category, version=version, actor=actor, at=at)
        added.append(rubric)
    return added


def _checked(document: Any) -> Tree:
    """Return the rubric in ``document``, or raise :class:`RubricRefused` with all its faults."""
    try:
        refuse_floats(document, "tree")
        tree = core.from_document(document, check=False)
    except Refusal as refusal:
        raise RubricRefused(faults=[refusal]) from refusal
    faults = [*core.faults(tree), *_id_faults(tree)]
    if faults:
        raise RubricRefused(faults=faults)
    return tree


def _id_faults(tree: Tree) -> Iterator[Refusal]:
    """Ids that could not stand in an address or beside an indicator (slugs of at most 60 characters)."""
    for node, path in tree.walk_paths():
        if not _SLUG.fullmatch(node.id):
            yield Malformed(f"{path}.id", "an id has small letters, digits and hyphens only", id=node.id)
