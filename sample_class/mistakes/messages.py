"""What a student with each mistake reads in the feedback, kept as expected text beside the catalogue."""

import functools
import json
import re
from collections.abc import Sequence
from pathlib import Path

from .mistake import Mistake
from .outcome import Outcome

_FOLDER = Path(__file__).parent / "messages"
_NUMBER = re.compile(r"\d+(\.\d+)?(e[+-]\d+)?")  # how far off a value is differs a little between processors


@functools.cache
def expected() -> dict[str, dict[str, str]]:
    """Mistake -> test -> message, of the tests whose property it breaks."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(_FOLDER.glob("*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def said(mistake: Mistake, outcome: Outcome) -> dict[str, str]:
    """The messages of the tests whose property the mistake breaks."""
    return {test: message for test, message in sorted(outcome.lost.items()) if test in mistake.loses}


def differs(mistake: Mistake, outcome: Outcome) -> str:
    """The first message that is not as expected, apart from its numbers; empty when all are."""
    kept = expected().get(mistake.name, {})
    for test, message in said(mistake, outcome).items():
        if _NUMBER.sub("#", kept.get(test, "")) != _NUMBER.sub("#", message):
            return f"another message than expected from {test}: {message[:200]}"
    return ""


def write(mistakes: Sequence[Mistake], found: dict[str, Outcome]) -> None:
    """Keep what was said as what is expected, to be read through before it is committed."""
    _FOLDER.mkdir(exist_ok=True)
    for notebook in dict.fromkeys(mistake.notebook for mistake in mistakes):
        own = [mistake for mistake in mistakes if mistake.notebook == notebook]
        texts = {mistake.name: said(mistake, found[mistake.name]) for mistake in own}
        text = json.dumps(texts, indent=1, ensure_ascii=False)
        (_FOLDER / f"{notebook}.json").write_text(text + "\n", encoding="utf-8")
