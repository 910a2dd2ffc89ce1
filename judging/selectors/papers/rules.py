"""A round's rules as whole Indonesian sentences, and the words for how a tie was settled."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from judging.core.criteria import Rubric
from judging.core.policy import CRITERION_STEP, EVERY, FINAL, JUDGE, Policy
from paritrana.kernel import wording

METHODS: Final = {"mean": "rata-rata", "median": "median"}
LEVELS: Final = {JUDGE: "Nilai panel adalah", "leaf": "Nilai tiap kriteria panel adalah"}
MODES: Final = {
    "half_up": "setengah ke atas",
    "half_even": "setengah ke angka genap",
    "down": "ke bawah",
    "up": "ke atas",
}
STYLES: Final = {
    "1224": "peringkat sesudah nilai sama dilewati (1, 2, 2, 4)",
    "1334": "nilai sama menempati peringkat terakhirnya (1, 3, 3, 4)",
    "1223": "peringkat tidak dilewati (1, 2, 2, 3)",
    "1234": "tiap nomine mendapat peringkat sendiri",
    "fractional": "nilai sama mendapat rata-rata peringkatnya",
}
STEPS: Final = {
    "by_weight": "kriteria menurut bobot terbesar",
    "median": "median nilai lembar",
    "first_places": "jumlah unsur yang menempatkan teratas",
    "head_to_head": "perbandingan langsung",
    "fewest_low": "jumlah unsur yang menempatkan terbawah",
    "chair": "keputusan pleno",
}


def step_words(step: str, titles: Mapping[str, str]) -> str:
    """Return the words for one step of the tie chain; ``titles`` names the criteria."""
    if step.startswith(CRITERION_STEP):
        criterion = step.removeprefix(CRITERION_STEP)
        return f"kriteria {titles.get(criterion) or criterion}"
    return STEPS.get(step, step)


def tie_sentence(steps: Iterable[str], titles: Mapping[str, str], *, shared: bool) -> str:
    """Return what stands beside a place reached through a tie; empty where there was none."""
    settled = " lalu ".join(step_words(step, titles) for step in steps)
    if shared:
        return "Nilai sama; peringkat ditempati bersama."
    return f"Nilai sama; diputuskan oleh {settled}." if settled else ""


def rules_sentences(policy: Policy, rubric: Rubric) -> tuple[str, ...]:
    """Return the rules by which a result came about, as a person reads them."""
    titles = {node.id: node.title for node in rubric.nodes}
    chain = ", ".join(step_words(step, titles) for step in policy.tie_break)
    quorum = f"Nomine yang dinilai kurang dari {policy.min_scores} unsur pada suatu kriteria tidak diberi peringkat."
    sentences = [
        f"{LEVELS.get(policy.panel_level, LEVELS['leaf'])} {_method(policy, policy.panel_method)}.",
        *_own_methods(policy, titles),
        quorum,
        rounding_sentence(policy),
        f"Bila nilai sama, berturut-turut diputuskan oleh: {chain}." if chain else "Nilai sama berbagi peringkat.",
        f"Penomoran peringkat: {STYLES.get(policy.ranking, policy.ranking)}.",
    ]
    return tuple(sentences)


def _own_methods(policy: Policy, titles: Mapping[str, str]) -> Iterator[str]:
    """The criteria that are combined in another way than the rest, in the order of the rubric."""
    methods = dict(policy.panel_methods)
    for leaf in (name for name in titles if name in methods):
        yield f"Khusus kriteria {titles[leaf] or leaf}: {_method(policy, methods[leaf])}."


def _method(policy: Policy, method: str) -> str:
    if method in METHODS:
        return METHODS[method]
    many = wording.terbilang(policy.panel.trim)
    least = wording.terbilang(policy.panel.trim_min_n)
    return (
        f"rata-rata setelah {many} nilai tertinggi dan {many} nilai terendah dikeluarkan; "
        f"bila kurang dari {least} nilai, rata-rata biasa"
    )


def rounding_sentence(policy: Policy) -> str:
    """Return where and how the rules round."""
    rule = policy.rounding
    digits, mode = wording.terbilang(rule.places), MODES.get(rule.mode, rule.mode)
    if rule.at == FINAL:
        return f"Nilai resmi dibulatkan satu kali di akhir menjadi {digits} angka di belakang koma, {mode}."
    if rule.at == EVERY:
        return f"Setiap nilai dan bagian dibulatkan menjadi {digits} angka di belakang koma, {mode}."
    return f"Peringkat menurut nilai eksak; nilai dicetak dengan {digits} angka di belakang koma, {mode}."
