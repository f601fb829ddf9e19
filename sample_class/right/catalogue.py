"""All right answers, notebook by notebook."""

from . import (
    caches,
    classifiers,
    dropout,
    ff_layers,
    layers,
    losses,
    models,
    nets,
    open_ended,
    supervised,
    unsupervised,
    updates,
)
from .right import Right

RIGHT: tuple[Right, ...] = (
    *layers.LAYERS,
    *caches.CACHES,
    *losses.LOSSES,
    *models.MODELS,
    *updates.UPDATES,
    *dropout.DROPOUT,
    *open_ended.OPEN_ENDED,
    *supervised.FUNCTIONS,
    *ff_layers.SUPERVISED_LAYERS,
    *nets.NETS,
    *unsupervised.DATA,
    *ff_layers.UNSUPERVISED_LAYERS,
    *classifiers.LEARNING,
)
