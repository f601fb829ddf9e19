"""Whatever of a run is killed, in the end the gradebook and the records are those of an undisturbed run."""

import pytest
from sampling import takes_minutes

from sample_class.chaos import compare, options
from sample_class.servers import program

pytest.importorskip("distributed", reason="needs Dask: pip install '.[scale]'")
pytest.importorskip("psycopg2", reason="needs the driver: pip install '.[scale]'")


@takes_minutes  # kills of one kind are in test_batch and test_dask
def test_workers_scheduler_writer_and_database_may_be_killed_at_any_moment(tmp_path):
    few = ["--submissions", "2", "--cheap", "--every", "3", "--kills", "5", "--seed", "2", "--silent"]
    night, found = compare(tmp_path, options(few if program("initdb") else [*few, "--sqlite"]))
    assert found == []
    assert {"worker", "scheduler", "writer"} <= night.killed.keys() and night.starts > 1
