"""What no reader lets pass, wherever it stands."""

import json

import pytest

from judging.core.reading import json_object, refuse_floats
from judging.core.refusals import Refusal


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ('{"a": [1, "2", {"b": [0.5]}]}', "float_input", "a[2].b[0]"),
        ('{"a": 1, "a": 2}', "malformed", "a"),
        ('[{"": 1, "": 2}]', "malformed", "[0]."),
        ('{"a": 1, "b": 1, "a": 2, "b": 2, "c": 3}', "malformed", "b"),
        ('{"a": {"b": 1, "b": 1}, "c": true, "d": null}', "malformed", "a.b"),
    ],
)
def test_a_float_or_a_repeated_key_is_named_with_its_path(text, code, at):
    with pytest.raises(Refusal) as caught:
        refuse_floats(json.loads(text, object_pairs_hook=json_object))
    assert (caught.value.code, caught.value.at) == (code, at)


def test_a_float_of_python_is_found_in_tuples_and_other_containers():
    class Rows(list):
        pass

    for document in ({"a": (1, (2.0,))}, Rows([1.0]), [{"a": Rows([1.5])}]):
        with pytest.raises(Refusal) as caught:
            refuse_floats(document)
        assert caught.value.code == "float_input"


@pytest.mark.parametrize("text", ["{}", "[]", '"x"', "1", "null", '{"a": [[], {}, [1, "b", true, null]], "": ""}'])
def test_what_is_exact_passes(text):
    assert refuse_floats(json.loads(text, object_pairs_hook=json_object)) is None


def test_a_deep_or_wide_document_is_read_in_one_go():
    deep = current = []
    for _ in range(100_000):
        current.append([])
        current = current[0]
    assert refuse_floats(deep) is None
    repeated = json_object([(str(key), key) for key in range(100_000)] + [("0", 1)])
    assert repeated.repeated == "0"
