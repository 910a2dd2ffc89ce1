from judging.core.aggregation import METHODS


def test_every_method_is_registered_under_its_own_code():
    assert {code: method.code for code, method in METHODS.items()} == {c: c for c in ("mean", "median", "trimmed")}
