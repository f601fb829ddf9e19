"""A mistake costs its own tests: whatever a part does, what is built upon it is judged with ours in its place."""

import pytest
from layers_in_cells import FINE, found, part, states

WITH = "passed with our `{}`"
ABOVE = {"ff_layer_moves": WITH.format("goodness"), "ff_net_moves": WITH.format("goodness")}
LOST = {"goodness_value": "failed"}


def goodness(body):
    return f"def goodness(h):\n    {body}"


@pytest.mark.parametrize(
    "cell",
    [
        goodness("raise ValueError('no')"),
        goodness("return h.square().sum(dim=1) * float('nan')"),
        goodness("return h.square().sum()"),
        goodness("return h.square().sum(dim=1).tolist()"),
        goodness("return None"),
        goodness("return h.square().sum(dim=1).detach()[:0]"),
        goodness("raise NotImplementedError"),
        "def goodness(h:\n    return h",
        "def goodnes(h):\n    return h.square().sum(dim=1)",
        "1 / 0",
    ],
    ids=["raises", "nan", "shape", "type", "None", "empty", "unwritten", "syntax", "another name", "cell raises"],
)
def test_whatever_a_part_does_it_costs_its_own_test(tmp_path, cell):
    assert states(found(tmp_path, goodness=cell)) == {**FINE, **LOST, **ABOVE}


def test_a_part_that_never_ends_costs_its_own_test(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.examiner.run.TEST_SECONDS", 3.0)
    assert states(found(tmp_path, goodness=goodness("while True: pass"))) == {**FINE, **LOST, **ABOVE}


def test_two_parts_are_replaced_together(tmp_path):
    both = found(tmp_path, goodness=goodness("return h"), ff_loss="def ff_loss(*a):\n    return 0.0")
    above = "passed with our `goodness` and `ff_loss`"
    assert states(both) == dict.fromkeys(FINE, above) | {"goodness_value": "failed", "ff_loss_value": "failed"}


@pytest.mark.parametrize(
    "change",
    [
        ("self.optimizer.step()", "pass"), ("return h_pos.detach(), h_neg.detach(), loss.item()", "return loss"),
        ("def forward(", "def forwards("), ("class FFLayer(nn.Module)", "class Layer"), ("super().__init__()", "1 / 0"),
    ],
    ids=["never steps", "returns less", "no forward", "no module, another name", "cannot be made"],
)  # fmt: skip
def test_a_class_stands_in_as_modules_that_learn_and_whose_weights_and_rates_can_be_set(tmp_path, change):
    broken = found(tmp_path, ff_layer=part("ff_layer").replace(*change))
    assert states(broken) == {**FINE, "ff_layer_moves": "failed", "ff_net_moves": WITH.format("FFLayer")}


def test_layers_in_a_module_list_are_a_list_with_theirs_and_with_ours(tmp_path):
    listed = (
        part("ff_net")
        .replace("self.layers = [", "self.layers = nn.ModuleList([")
        .replace("pairwise(dims)]", "pairwise(dims)])")
    )
    assert states(found(tmp_path / "1", ff_net=listed)) == FINE
    broken = part("ff_layer").replace("self.optimizer.step()", "pass")
    assert states(found(tmp_path / "2", ff_net=listed, ff_layer=broken))["ff_net_moves"] == WITH.format("FFLayer")


def test_ours_does_not_make_a_wrong_part_above_right(tmp_path):
    layer = part("ff_layer").replace("self.optimizer.step()", "pass")
    findings = found(tmp_path, goodness=goodness("return h"), ff_layer=layer)
    assert states(findings)["ff_layer_moves"] == "failed"
    assert states(findings)["ff_net_moves"] == "passed with our `goodness` and `FFLayer`"


def test_a_part_whose_own_tests_pass_is_never_replaced(tmp_path):
    once = "calls = []\n\n" + goodness("calls.append(1)\n    return h.square().sum(dim=1) if len(calls) < 2 else 1 / 0")
    assert states(found(tmp_path, goodness=once)) == {**FINE, "ff_layer_moves": "failed", "ff_net_moves": "failed"}


@pytest.mark.parametrize(
    "use", ["good = staticmethod(goodness)", "def good(self, h, f=goodness):\n        return f(h)"]
)
def test_a_cell_that_stops_for_want_of_a_part_is_run_again_with_ours(tmp_path, use):
    layer = (
        part("ff_layer")
        .replace("    def __init__", f"    {use}\n\n    def __init__", 1)
        .replace("goodness(h_", "self.good(h_")
    )
    findings = found(tmp_path, goodness="def goodness(h:\n    return h", ff_layer=layer)
    assert states(findings) == {**FINE, **LOST, **ABOVE}


def test_a_section_is_not_charged_for_what_an_earlier_one_lacks(tmp_path):
    net = "first = FFLayer(3, 2)\n\n" + part("ff_net")
    findings = found(tmp_path, ff_layer="class FFLayer(nn.Module:\n    pass", ff_net=net)
    assert set(findings.raised) == {"made of"}
    assert states(findings) == {**FINE, "ff_layer_moves": "failed", "ff_net_moves": WITH.format("FFLayer")}
    findings = found(tmp_path / "2", ff_net="first = FFLayers(3, 2)\n\n" + part("ff_net"))
    assert set(findings.raised) == {"the net"}


def test_the_same_submission_gives_the_same_record_with_ours_too(tmp_path):
    runs = [found(tmp_path / str(n), ff_layer="class FFLayer:\n    pass").results for n in range(2)]
    assert runs[0] == runs[1]


def test_right_parts_ask_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.examiner.run.Asks", None)
    assert states(found(tmp_path)) == FINE
