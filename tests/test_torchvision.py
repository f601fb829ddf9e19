"""torchvision is imported as it is; only where that fails for want of its operators are their names declared."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIBS = ROOT / "source" / "hw2"

# what a matching pair does in its compiled part, where a second registration ends the process
MATCHING = 'import torch\ntorch.library.define("torchvision::nms", "(Tensor x) -> Tensor")\n'
# what a CUDA build beside a CPU torch does
ODD = 'import torch\n@torch.library.register_fake("torchvision::nms")\ndef nms(x): return x\n'
ANOTHER_ERROR = 'raise RuntimeError("libcudart.so.12 is broken")\n'
MISSING = 'raise ModuleNotFoundError("No module named torchvision", name="torchvision")\n'

DECLARED = """
def declared():
    import torch
    return [str(s).split("(")[0] for s in torch._C._jit_get_all_schemas() if str(s).startswith("torchvision::")]
"""


@pytest.fixture()
def says(tmp_path):
    """What a process prints in which `import torchvision` does what this text says."""

    def run(torchvision: str, code: str) -> str:
        package = tmp_path / "torchvision"
        package.mkdir()
        (package / "__init__.py").write_text(torchvision)
        for name in ("datasets", "transforms"):
            (package / f"{name}.py").write_text("")
        paths = [str(tmp_path), str(LIBS), str(ROOT), str(ROOT / "autograder")]
        start = f"import sys; sys.path[:0] = {paths}\n{DECLARED}\n{code}"
        done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


ENSURE = "from libs.torchvision_operators import ensure_torchvision\n"
DIGITS = "from libs.mnist import mnist_root, mnist_tensors\n"


def test_a_torchvision_that_loads_is_the_first_to_declare_its_operators(says):
    code = DIGITS + "mnist_root(); import torchvision; print(declared(), torchvision.__file__ is not None)"
    assert says(MATCHING, code) == "['torchvision::nms'] True"


def test_one_whose_compiled_part_does_not_load_is_imported_all_the_same(says):
    code = ENSURE + "ensure_torchvision(); import torchvision.datasets; print(sorted(declared()))"
    assert says(ODD, code) == "['torchvision::nms', 'torchvision::qnms']"


def test_another_error_is_told_as_it_is_and_nothing_is_declared(says):
    code = ENSURE + "try: ensure_torchvision()\nexcept RuntimeError as error: print(error, declared())"
    assert says(ANOTHER_ERROR, code) == "libcudart.so.12 is broken []"


def test_the_digits_need_no_torchvision(says):
    code = DIGITS + "x, y = mnist_tensors(train=False); mnist_root(); print(tuple(x.shape), y.dtype, declared())"
    assert says(MISSING, code) == "(10000, 784) torch.int64 []"


def test_the_template_of_students_processes_imports_it_the_same_way(says):
    operators = LIBS / "libs" / "torchvision_operators.py"
    code = f"from inside import template\ntemplate._load({str(operators)!r})\n"
    code += "print(declared(), 'torchvision.datasets' in sys.modules, 'torch.optim' in sys.modules)"
    assert says(MATCHING, code) == "['torchvision::nms'] True True"


def test_no_module_of_ours_imports_torchvision_or_declares_anything_when_it_is_loaded(says):
    modules = [f"libs.{path.stem}" for path in (LIBS / "libs").glob("*.py") if path.stem != "__init__"]
    for path in (ROOT / "autograder").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if "inside" not in name and not name.endswith(("__main__", "formgrade")):
            modules.append(name)
    code = f"import importlib\nfor name in {sorted(modules)}: importlib.import_module(name)\n"
    code += "print(len(sys.modules) > 500, 'torchvision' in sys.modules, declared())"
    assert says(MATCHING, code) == "True False []"
