"""What counts as what: a NamedTuple is a tuple, a defaultdict a dict, layers held by torch a list."""

import pytest
from mini import answer, given, graded, results_of

WORK = """
import torch
from collections import OrderedDict, defaultdict
from typing import NamedTuple

class Step(NamedTuple):
    up: float
    down: float

def step(x):
    return Step(x + 1, x - 1)

def back(cache):
    return cache.up - cache.down

def grads():
    found = defaultdict(float)
    found["W1"] += 2.0
    return [found, OrderedDict(found)]

def layers(kind):
    both = [torch.nn.Linear(2, 3), torch.nn.ReLU()]
    return torch.nn.ModuleList(both) if kind == "ModuleList" else torch.nn.Sequential(*both)

def loss(shape):
    return torch.full(shape, 0.5)
"""
CELLS = [
    given("imports", "import torch\nfrom libs import expect, observed"),
    answer("work", WORK),
    graded("tuple", "# t\nup, down = step(1)\nassert (up, down) == (2, 0) and len(step(1)) == 2 and step(1)[0] == 2"),
    graded("itself_again", "# t\nassert back(step(1)) == 2 and back(cache=step(3)) == 2"),
    graded("observed", "# t\nresult, (after,) = observed(step, 1)\nassert result == (2, 0) and after == 1"),
    graded("dict", "# d\nfirst, second = grads()\nassert first == second == {'W1': 2.0} and first.get('b1') is None"),
    graded("list", "# l\nassert len(layers('ModuleList')) == 2 and layers('Sequential')[0].weight.shape == (3, 2)"),
    graded("number", "# n\nfor s in ((), (1,), (1, 1)):\n    expect(loss(s), 0.5, call='f', because='so it is')"),
    graded("two_numbers", "# n\nexpect(loss((2,)), 0.5, call='f', because='so it is')"),
]


@pytest.fixture(scope="module")
def results(root, tmp_path_factory):
    return results_of(root, tmp_path_factory.mktemp("run"), CELLS)


@pytest.mark.parametrize("id", ["tuple", "itself_again", "observed", "dict", "list", "number"])
def test_what_counts_as_such_is_taken_as_such(results, id):
    assert results[id].message == ""


def test_two_elements_are_no_number(results):
    assert "of shape (2,)" in results["two_numbers"].message
