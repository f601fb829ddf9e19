"""Objects of ours of which not all can cross stay with the examiner: known by a number, and by that alone."""

import pytest
import torch

from autograder.examiner.members import MOST_OBJECTS, members_of
from autograder.inside.handles import KEPT


class Net:
    """One layer that cannot cross, and a number that can."""

    def __init__(self, units):
        self.units, self.layers = units, [torch.nn.Linear(units, 2)]

    def features(self, x):
        return self.layers[0](x)


def net(objects, units=3):
    """The members of Net in an attempt, and what the student's side knows of one that was made."""
    members = members_of(
        Net, {"name": "Net", "kind": "class", "static": [], "methods": ["__init__", "features"]}, objects
    )
    return members, members["Net.__init__"]((units,), {}, {}, None)[1]


def test_what_can_cross_does_and_the_rest_answers_under_its_number():
    objects = []
    members, known = net(objects)
    assert known == {"units": 3, KEPT: 1}
    x = torch.ones(4, 3)
    found, after = members["Net.features"]((x,), {}, known, None)
    assert torch.equal(found, objects[0].features(x)) and after == known


def test_what_the_students_side_changed_is_taken_over_where_it_could_cross():
    objects = []
    members, known = net(objects)
    layers = objects[0].layers
    members["Net.features"]((torch.ones(1, 3),), {}, {**known, "units": 7, "layers": 5, "features": 3, "more": 1}, None)
    assert vars(objects[0]) == {"units": 7, "layers": layers}


@pytest.mark.parametrize("number", [0, 2, -1, True, 1.0, "1", [1]])
def test_a_number_that_nobody_gave_is_an_error_of_the_students(number):
    members, known = net([])
    with pytest.raises(ValueError):
        members["Net.features"]((torch.ones(1, 3),), {}, {**known, KEPT: number}, None)


def test_an_object_of_another_class_does_not_answer():
    members, known = net([object()])
    with pytest.raises(ValueError):
        members["Net.features"]((torch.ones(1, 3),), {}, {**known, KEPT: 1}, None)


def test_there_are_as_many_as_an_attempt_may_have():
    objects = []
    for _ in range(MOST_OBJECTS):
        net(objects)
    with pytest.raises(RuntimeError):
        net(objects)
