"""Forward-Forward beside backpropagation: the same net, trained by this notebook and by your practical 1."""

from .beside import beside_backpropagation
from .course import followed

__all__ = ["beside_backpropagation", "followed"]
