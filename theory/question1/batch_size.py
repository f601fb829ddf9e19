"""Measures the steps that SGD needs to a given training loss against the batch size, the rate tuned at each size."""

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn.functional import one_hot

from ..digits import digits
from ..measured import write_table, write_values

BATCHES = [2**k for k in range(13)]
TARGET, DIGITS, HIDDEN, SEEDS = 0.3, 10_000, 32, 5
FINENESS = 1.025  # the loss over all training digits is looked at each time the steps have grown by this factor


class Nets:
    """Nets 196-32-10 with ReLU, one for each seed and learning rate, trained side by side on the same batches."""

    def __init__(self, images: torch.Tensor, labels: torch.Tensor, rates: Sequence[float]):
        """Equal first weights (He) for all rates of a seed."""
        self.images, self.targets, self.count = images, one_hot(labels, 10).float(), len(rates)
        self.rates = torch.tensor(rates).view(1, -1, 1, 1)
        seeds = [torch.Generator().manual_seed(seed) for seed in range(SEEDS)]
        first = torch.stack([torch.randn(196, HIDDEN, generator=seed) for seed in seeds]) * (2 / 196) ** 0.5
        last = torch.stack([torch.randn(HIDDEN, 10, generator=seed) for seed in seeds]) * (1 / HIDDEN) ** 0.5
        self.w1, self.b1 = first.repeat(1, 1, self.count), torch.zeros(SEEDS, 1, self.count * HIDDEN)
        self.w2, self.b2 = last[:, None].repeat(1, self.count, 1, 1), torch.zeros(SEEDS, self.count, 1, 10)

    def step(self, batch: torch.Tensor) -> None:
        """One step of plain SGD; batch holds the numbers of each seed's digits."""
        x, hidden, errors, back = self.backward(self.images[batch], self.targets[batch], self.rates / batch.shape[1])
        self.w2 -= hidden.mT @ errors
        self.b2 -= errors.sum(2, keepdim=True)
        self.w1 -= x.mT @ back
        self.b1 -= back.sum(1, keepdim=True)

    def backward(self, x: torch.Tensor, targets: torch.Tensor, scale: torch.Tensor | float) -> tuple[torch.Tensor, ...]:
        """The inputs of both layers and what backpropagation brings to their outputs, times scale."""
        hidden, outputs = self._forward(x)
        errors = (outputs.softmax(-1) - targets[:, None]) * scale
        return x, hidden, errors, self._side_by_side(errors @ self.w2.mT) * (self._side_by_side(hidden) > 0)

    def losses(self) -> torch.Tensor:
        """Cross-entropy over all training digits, (seeds, rates)."""
        outputs = self._forward(self.images.expand(SEEDS, -1, -1))[1]
        return (outputs.logsumexp(-1) - (outputs * self.targets).sum(-1)).mean(-1)

    def _forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = (x @ self.w1 + self.b1).relu().unflatten(2, (self.count, HIDDEN)).transpose(1, 2)
        return hidden, hidden @ self.w2 + self.b2

    @staticmethod
    def _side_by_side(x: torch.Tensor) -> torch.Tensor:
        return x.transpose(1, 2).flatten(2)


def pooled(images: torch.Tensor) -> torch.Tensor:
    """The images averaged over squares of 2 by 2 pixels, (count, 196), the mean of all their pixels subtracted."""
    small = images.reshape(-1, 14, 2, 14, 2).mean((2, 4)).reshape(-1, 196)
    return small - small.mean()


def fastest(nets: Nets, batch: int, rates: Sequence[float], first_look: int) -> tuple[int, int]:
    """Steps until most seeds of some rate have been below the target loss, and which rate it is."""
    draw, steps, look = torch.Generator().manual_seed(batch), 0, first_look
    below = torch.zeros(SEEDS, len(rates), dtype=torch.bool)
    while not (reached := below.sum(0) * 2 > SEEDS).any():
        nets.step(torch.randint(DIGITS, (SEEDS, batch), generator=draw))
        steps += 1
        if steps >= look:
            below |= nets.losses() < TARGET
            look = max(steps + 1, int(steps * FINENESS))
    return steps, int(torch.where(reached, below.sum(0), 0).argmax())


def noise_scale(nets: Nets) -> torch.Tensor:
    """tr(Sigma) / |G|^2 over all training digits, for nets of one rate: (seeds,)."""
    everything = nets.images.expand(SEEDS, -1, -1), nets.targets.expand(SEEDS, -1, -1)
    x, hidden, errors, back = nets.backward(*everything, 1.0)
    layers = [(x, back), (hidden[:, 0], errors[:, 0])]
    squares = sum((a.square().sum(-1) + 1) * d.square().sum(-1) for a, d in layers)
    exact = [part / DIGITS for a, d in layers for part in (a.mT @ d, d.sum(1, keepdim=True))]
    return squares.mean(1) / sum(part.square().sum((1, 2)) for part in exact) - 1


def mean_noise_scale(data: tuple[torch.Tensor, torch.Tensor], batch: int, rate: float, steps: int) -> float:
    """Averaged over a descent to the target."""
    nets, draw, scales = Nets(*data, [rate]), torch.Generator().manual_seed(batch), []
    for _ in range(steps):
        scales.append(noise_scale(nets))
        nets.step(torch.randint(DIGITS, (SEEDS, batch), generator=draw))
    return float(torch.stack(scales).mean())


def tuned(data: tuple[torch.Tensor, torch.Tensor], batch: int, guess: float, first_look: int) -> tuple[int, float]:
    """The fewest steps and the rate they take, on a grid of factor 2 that moves until the best is inside it."""
    while True:
        rates = [guess * 2.0**k for k in (-3, -2, -1, 0, 1)]
        steps, best = fastest(Nets(*data, rates), batch, rates, first_look)
        if 0 < best < len(rates) - 1:
            return steps, rates[best]
        guess = rates[best] * 2


def fit(batches: np.ndarray, steps: np.ndarray) -> tuple[float, float, float]:
    """Least and critical batch of S(1 + c/B), by least squares of logarithms; and the largest factor it is off by."""
    best = min(np.geomspace(1, 1e4, 4001), key=lambda c: np.var(np.log(steps / (1 + c / batches))))
    rest = np.log(steps / (1 + best / batches))
    return float(np.exp(rest.mean())), float(best), float(np.exp(np.abs(rest - rest.mean()).max()))


def values(batches: np.ndarray, steps: np.ndarray, rates: np.ndarray, scale: float) -> dict[str, str]:
    """The numbers that the text and the figure quote."""
    least, critical, off = fit(batches, steps)
    few = batches <= critical / 8
    slope = np.polyfit(np.log(batches[few]), np.log(steps[few]), 1)[0]
    measured = {"Least": least, "Critical": critical, "From": critical / 4, "To": critical * 4, "Off": 100 * (off - 1)}
    below = np.flatnonzero(rates != rates[-1])
    measured |= {"RateFrom": batches[below[-1] + 1] if below.size else batches[0]}
    measured |= {"Scale": scale, "StepsOne": steps[0], "StepsMost": steps[-1], "Most": batches[-1], "Digits": DIGITS}
    exact = {"Target": TARGET, "Seeds": SEEDS, "RateOne": rates[0], "RateMost": rates[-1], "Slope": round(slope, 2)}
    rows = {name: f"{number:.0f}" for name, number in measured.items()} | {name: f"{n:g}" for name, n in exact.items()}
    return {f"batch{name}": text for name, text in rows.items()}


def main() -> None:
    """From the largest batch, whose rates are the easiest to guess, to the smallest."""
    torch.set_num_threads(2)
    images, labels = digits("train", DIGITS)
    data, guess, first_look, rows = (pooled(images), labels), 1.0, 1, []
    for batch in reversed(BATCHES):
        steps, guess = tuned(data, batch, guess, first_look)
        rows.append((batch, steps, guess))
        first_look = int(0.7 * steps)
        print(*rows[-1], flush=True)
    batches, steps, rates = (np.array(column[::-1], float) for column in zip(*rows, strict=True))
    write_table(__file__, {"batch": batches, "steps": steps, "rate": rates})
    scale = mean_noise_scale(data, int(batches[-1]), float(rates[-1]), int(steps[-1]))
    write_values(__file__, values(batches, steps, rates, scale))


if __name__ == "__main__":
    main()
