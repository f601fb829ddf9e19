"""No hidden test and no seed of its inputs is in the student's process, which here dumps all that it can read."""

import pytest
from mini import answer, given, graded, heading, results_of

DUMP = '''
import re, os
mark = "kept-by-the-student-" + "111111"

def memory(pattern):
    """All that matches in this process's own memory."""
    found = set()
    with open("/proc/self/mem", "rb", 0) as mem:
        for line in open("/proc/self/maps"):
            first, last = (int(n, 16) for n in line.split()[0].split("-"))
            if line.split()[1].startswith("r") and "[v" not in line:
                try:
                    mem.seek(first)
                    data = mem.read(last - first)
                except OSError:
                    continue
                found |= {match.decode() for match in re.findall(pattern.encode(), data)}
    return sorted(found)

def files(pattern):
    """All files that can be read and match."""
    found = []
    for top in ("/tmp", "/root", "/home", "/etc", "/var", "/work", os.getcwd(), "/proc"):
        for folder, folders, names in os.walk(top):
            folders[:] = [f for f in folders if folder != "/proc" or f.isdigit()]
            for name in names:
                if top == "/proc" and name not in ("environ", "cmdline"):
                    continue
                try:
                    with open(os.path.join(folder, name), "rb") as file:
                        if re.search(pattern.encode(), file.read(10**7)):
                            found.append(os.path.join(folder, name))
                except OSError:
                    pass
    return found

def environment():
    return dict(os.environ)
'''
SENTENCE = "hidden-sentence-" + "271828"
CELLS = [
    heading("One"),
    given("imports", "import torch"),
    answer("work", DUMP),
    graded("first", f"# {SENTENCE}\nassert isinstance(environment(), dict)"),
    graded("own", "# The dump works.\nassert memory('kept-by-the-student-[0-9]{6}') == ['kept-by-the-student-111111']"),
    graded("text", "# No test's text.\nassert memory('hidden-sentence-[0-9]{6}') == []"),
    graded("words", "# No word of a test.\nassert memory('BEGIN HIDDEN TES[T]S') == []"),
    graded(
        "seed",
        """
        # No seed.
        import os
        seed = os.environ["HW2_SEED"]
        half = seed[:31] + "[" + seed[31] + "]"
        assert memory(half) == [] and seed not in str(environment())
        """,
    ),
    graded("disk", "# No test on disk.\nassert files('hidden-sentence-[0-9]{6}') == []", seconds=120),
]


@pytest.fixture(scope="module")
def results(root, tmp_path_factory):
    return results_of(root, tmp_path_factory.mktemp("secrets"), CELLS)


@pytest.mark.parametrize("id", ["first", "own", "text", "words", "seed", "disk"])
def test_the_students_process_holds_none_of_it(results, id):
    assert results[id].message == ""
