"""How much of a corpus `make test` takes; `make corpus` sets WHOLE_CORPUS and takes all of it."""

import os
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

import pytest

Item = TypeVar("Item")
WHOLE = os.environ.get("WHOLE_CORPUS") == "1"
takes_minutes = pytest.mark.skipif(not WHOLE, reason="takes minutes: part of make corpus")

QUICK = (  # of these files `make check` runs the tests: together half a minute, and no sandbox is started
    "answers_beside", "answers_module", "answers_notebook", "answers_own", "bound_otherwise", "bundle_rules",
    "cells_as_sent", "check_files", "check_slips", "class_bench", "colab", "collect_disguised",
    "collect_links", "collect_names", "collect_written", "core", "declared", "fates", "harmless", "identity",
    "kept_objects", "late", "libs_checks", "plain_data", "readings", "readme", "rerun", "same_exam", "seeds",
    "theory",
)  # fmt: skip


def sample(items: Iterable[Item], every: int) -> list[Item]:
    """Each `every`-th item, or all of them where the whole corpus is asked for."""
    return list(islice(items, 0, None, 1 if WHOLE else every))
