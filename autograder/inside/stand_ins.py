"""Names of ours in the student's process, for one attempt at a test: each asks the examiner, and knows nothing itself.

What is put in their place comes back when the attempt is over, with everything else that the attempt changed.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from .asking import Asker, asked
from .handles import handle_class, plain_part

World = dict[str, Any]


class StandIns:
    """Puts stand-ins into the worlds where the student's code looks names up, and takes them out again."""

    def __init__(self, ask: Asker, names: World, module: str) -> None:
        self._ask, self._names, self._module = ask, names, module
        self._before: list[tuple[World, World]] = []
        self._patched: list[tuple[type, str, Any]] = []

    def put(self, parts: list[dict[str, Any]]) -> None:
        """Put a stand-in in the place of each part."""
        self.remove()
        module = sys.modules.get(self._module)
        worlds = [self._names, *([vars(module)] if module else [])]
        self._before = [(world, dict(world)) for world in worlds]
        self._ask.count = 0
        for part in parts:
            members = [*part["static"], *part["methods"]]
            self._ask.names |= {part["name"], *(f"{part['name']}.{member}" for member in members)}
            if part["kind"] == "function":
                self._name(part["name"], _function(self._ask, part["name"]))
            elif part["kind"] == "module":
                self._name(part["name"], handle_class(self._ask, part["name"], part["methods"]))
            else:
                self._class(part)

    def _name(self, name: str, ours: Any) -> None:
        """Everywhere the student's is: under its names, and as an attribute of classes."""
        for world, before in self._before:
            theirs = before.get(name, ours)
            for other, value in before.items():
                if value is theirs:
                    world[other] = ours
                elif isinstance(value, type):
                    self._attributes(value, theirs, ours)
            world[name] = ours

    def _attributes(self, kind: type, theirs: Any, ours: Any) -> None:
        for attribute, value in list(vars(kind).items()):
            if value is theirs:
                self._patch(kind, attribute, ours)
            elif isinstance(value, staticmethod) and value.__func__ is theirs:
                self._patch(kind, attribute, staticmethod(ours))

    def _class(self, part: dict[str, Any]) -> None:
        """Methods of ours in the student's class, which is made where there is none."""
        name = part["name"]
        found = [before[name] for _, before in self._before if isinstance(before.get(name), type)]
        kind = found[0] if found else type(name, (), {})
        if not found:
            self._name(name, kind)
        for method in part["static"]:
            self._patch(kind, method, staticmethod(_function(self._ask, f"{name}.{method}")))
        for method in part["methods"]:
            self._patch(kind, method, _method(self._ask, f"{name}.{method}"))

    def _patch(self, kind: type, attribute: str, ours: Any) -> None:
        self._patched.append((kind, attribute, vars(kind).get(attribute, self)))
        type.__setattr__(kind, attribute, ours)

    def remove(self) -> None:
        """All as it was before."""
        self._ask.names.clear()
        for kind, attribute, theirs in reversed(self._patched):
            with suppress(Exception):
                if theirs is self:
                    type.__delattr__(kind, attribute)
                else:
                    type.__setattr__(kind, attribute, theirs)
        for world, before in self._before:
            for name in world.keys() - before.keys():
                del world[name]
            world.update(before)
        self._patched, self._before = [], []


def _function(ask: Asker, name: str) -> Callable[..., Any]:
    """A function, or a static method, of ours."""

    def stand_in(*args: Any, **kwargs: Any) -> Any:
        return asked(ask, name, args, kwargs)

    stand_in.__name__ = name.rpartition(".")[2]
    stand_in.__qualname__ = name
    return stand_in


def _method(ask: Asker, name: str) -> Callable[..., Any]:
    """A method of ours, for an object of the student's: its attributes go along, and come back as they are then."""

    def stand_in(self: Any, *args: Any, **kwargs: Any) -> Any:
        result, attributes = ask(name, (args, kwargs, plain_part(vars(self)), None))
        for attribute, value in attributes.items():
            setattr(self, attribute, value)
        return result

    stand_in.__name__ = name.rpartition(".")[2]
    stand_in.__qualname__ = name
    return stand_in
