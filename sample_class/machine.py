"""The machine that figures were measured on, and what a measured program's processes have used of it."""

import os
import platform
import resource
from pathlib import Path


def described() -> str:
    """Cores, processor and Python, for a sentence that begins with "on"."""
    return f"{os.cpu_count()} cores ({_processor()}), Python {platform.python_version()}"


def children_cpu() -> float:
    """CPU seconds of all processes that this one has started and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
