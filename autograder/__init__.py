"""Collects, grades and reports homework 2."""

import warnings

from sqlalchemy.exc import SAWarning

warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")  # about its own sessions, and harmless
