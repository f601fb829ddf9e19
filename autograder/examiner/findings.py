"""What a run of one notebook found out."""

from dataclasses import dataclass, field

from ..result import Result
from .blocks import Blocks

Offences = dict[tuple[str, tuple[tuple[str, str], ...]], None]  # (what was used, (name, block) of the frames)
SILENT = "a guard that does not answer"  # among the offences: somebody has laid hands on it


@dataclass
class Findings:
    """What a run found out. raised: section -> what its own code raised; blocks: of the module, as handed in."""

    results: list[Result] = field(default_factory=list)
    raised: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    offences: Offences = field(default_factory=dict)
    blocks: Blocks | None = None
