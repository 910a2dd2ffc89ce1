import pytest

from judging.core.lazily import Lazily


def test_a_value_is_worked_out_once_and_only_when_asked_for():
    asked = []
    found = Lazily("abc", lambda name: asked.append(name) or name.upper())
    assert (list(found), len(found), "b" in found, asked) == (["a", "b", "c"], 3, True, ["b"])
    assert (found["b"], found["b"], asked) == ("B", "B", ["b"])


def test_a_name_that_is_not_there_is_not_worked_out():
    found = Lazily("a", lambda name: name)
    with pytest.raises(KeyError):
        found["z"]
    assert "z" not in found
