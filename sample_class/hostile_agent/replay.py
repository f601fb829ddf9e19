"""A test cell once more, in a world of its own, on nothing but the values that came in its first run."""

from typing import Any

from autograder.examiner.channel import Channel
from autograder.examiner.proxies import Proxy

GIVEN = "import torch\n\ndef require(right):\n    assert right is True\n"


class Log:
    """What came in a test cell's last run, to run it again on these values alone."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self.values: list[Any] = []

    def of(self, channel: Channel) -> Channel:
        """The channel, writing down what it brings from here on."""
        self.names, self.values = {}, []
        get, ask = channel.get, Channel.ask

        def noted(path: str, op: str, body: dict[str, Any], buffers: Any) -> Any:
            value = ask(channel, path, op, body, buffers)
            if op in ("call", "attribute"):
                self.values.append(value)
            elif op == "get":
                self.names = {name: value[name] for name in body["names"] if name in value}
            return value

        channel.ask, channel.get = noted, get  # type: ignore[method-assign]
        return channel

    def replay(self, source: str) -> None:
        """Fails where the test cell does not pass on these values in a world of its own."""
        world: dict[str, Any] = {}
        exec(GIVEN, world)
        exec(source, {**world, **{name: self._stand_in(value) for name, value in self.names.items()}, **world})

    def _stand_in(self, value: Any) -> Any:
        return Replayed(self) if isinstance(value, Proxy) else value


class Replayed:
    """Answers calls and attributes with what came the first time."""

    def __init__(self, log: Log) -> None:
        object.__setattr__(self, "_log", log)

    def __call__(self, *args: Any) -> Any:
        return self._log._stand_in(self._log.values.pop(0))

    def __getattr__(self, name: str) -> Any:
        return self()

    def __setattr__(self, name: str, value: Any) -> None:
        pass
