"""All mistakes, notebook by notebook."""

from . import held_out, layers, models, supervised, unsupervised, unsupervised_net, updates
from .mistake import Mistake
from .outcome import Outcome, outcome_of

MISTAKES: tuple[Mistake, ...] = (
    *layers.MISTAKES,
    *models.MISTAKES,
    *updates.MISTAKES,
    *supervised.MISTAKES,
    *unsupervised.MISTAKES,
    *unsupervised_net.MISTAKES,
    *held_out.MISTAKES,
)


def outcome_named(name: str) -> Outcome:
    """What the mistake of this name comes to; for other processes, to which an edit cannot be sent."""
    return outcome_of(next(mistake for mistake in MISTAKES if mistake.name == name))
