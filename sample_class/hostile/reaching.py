"""Threat B, code that reaches out of its process: into the grader, to others, over the network, past its own end."""

from . import probes
from .edits import attack
from .submission import EMBED_LABEL, GOODNESS, SUPERVISED, Hostile

READING, WRITING, LEAVING = "B reads", "B writes", "B outlives"
PROBES = (
    (READING, "reads source/", probes.SOURCE),
    (READING, "reads gradebook.db", probes.GRADEBOOK),
    (READING, "reads other students' folders", probes.OTHERS),
    (READING, "imports the reference solutions", probes.ORACLES),
    (READING, "searches the memory of its process for hidden tests", probes.MEMORY),
    (READING, "reads the environment of the grader", probes.PROCESSES),
    (READING, "reads a file outside of the course folder", probes.OUTSIDE),
    (READING, "reads other kernels' connection files, which hold keys", probes.KERNELS),
    (READING, "connects to a service on this machine", probes.LOOPBACK),
    (WRITING, "writes into gradebook.db", probes.RAISES_MARKS),
    (WRITING, "writes into another submission", probes.FOREIGN_WORK),
    (WRITING, "replaces its notebook by a link to another's", probes.LINK),
    (WRITING, "writes a file wherever it may", probes.EVERYWHERE),
    (WRITING, "writes a startup file for the kernels of others", probes.STARTUP),
    (WRITING, "writes into the grader's libraries", probes.INSTALLED),
    (WRITING, "fills the disk with 600 MB", probes.DISK),
    (LEAVING, "leaves a process behind that raises marks 12 s later", probes.CHILD),
    (LEAVING, "leaves a daemon behind that ignores signals", probes.DAEMON),
)


def _probe(number: int, threat: str, situation: str, code: str) -> Hostile:
    """embed_label is honest work; the probe stands below goodness, where earlier tests have already run."""
    return Hostile(
        f"4029200{number:02d}",
        situation,
        threat,
        (attack(probes.PREPARE + code, id="goodness"),),
        (f"{SUPERVISED}/embed_label", f"{SUPERVISED}/goodness"),
        (EMBED_LABEL, GOODNESS),
        waits=16 if threat == LEAVING else 0,
    )


def _kills(number: int, situation: str, code: str) -> Hostile:
    """In a sandbox of its own there is nobody to kill; what is right counts."""
    edits = (attack(probes.PREPARE + code),)
    return Hostile(f"4029200{number:02d}", situation, LEAVING, edits, (f"{SUPERVISED}/embed_label",), (EMBED_LABEL,))


REACHING = (
    *(_probe(number, *probe) for number, probe in enumerate(PROBES, 1)),
    Hostile(
        "402920030", "sends cells to its own kernel from within", "B kernel",
        (attack(probes.PREPARE + probes.OWN_KERNEL, id="wrong_labels"),),
        (f"{SUPERVISED}/embed_label",), (EMBED_LABEL,),
    ),
    _kills(31, "kills the process above its own", probes.KILLS_PARENT),
    _kills(32, "kills every process it may", probes.KILLS_ALL),
)  # fmt: skip
