"""Collects, grades and reports homework 2."""

import sys
import warnings

from sqlalchemy.exc import SAWarning

warnings.filterwarnings("ignore", category=SAWarning, module="nbgrader")  # about its own sessions, and harmless

# jsonschema looks for this package to check addresses, which no notebook is checked for. Loading it takes a second.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
