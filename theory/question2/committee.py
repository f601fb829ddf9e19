"""Test errors of nine nets and their committees: trained on nine views of MNIST, or nine times on the original."""

from itertools import combinations
from multiprocessing import get_context

import torch
from torch import Tensor, nn

from ..measured import write_table, write_values
from .views import pictures, seen, views

HIDDEN, EPOCHS, BATCH = 200, 15, 100
FIRST_RATE, LAST_RATE, MOMENTUM = 0.2, 0.005, 0.9
COMMITTEES = {"varied": list(views()), "alike": ["original"] * len(views())}


def trained(images: Tensor, labels: Tensor, seed: int) -> nn.Module:
    """One hidden layer of tanh units, trained by gradient descent with momentum and a falling rate."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(images.shape[1], HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 10))
    steps = EPOCHS * len(labels) // BATCH
    descent = torch.optim.SGD(net.parameters(), FIRST_RATE, momentum=MOMENTUM)
    falling = torch.optim.lr_scheduler.ExponentialLR(descent, (LAST_RATE / FIRST_RATE) ** (1 / steps))
    for _ in range(EPOCHS):
        for some in torch.randperm(len(labels)).split(BATCH):
            descent.zero_grad()
            nn.functional.cross_entropy(net(images[some]), labels[some]).backward()
            descent.step()
            falling.step()
    return net


def member(view: str, seed: int) -> Tensor:
    """The class probabilities (10,000 by 10) that a net trained on this view gives the test digits in the same view."""
    torch.set_num_threads(1)
    look = views()[view]
    (images, labels), (unseen, _) = pictures("train"), pictures("t10k")
    net = trained(seen(images, look).flatten(1), labels, seed)
    with torch.no_grad():
        return net(seen(unseen, look).flatten(1)).softmax(1)


def committees() -> dict[str, Tensor]:
    """The members' probabilities (9, 10,000, 10); members in the same place start alike and see the same order."""
    jobs = sorted({(view, seed) for names in COMMITTEES.values() for seed, view in enumerate(names)})
    with get_context("spawn").Pool(2) as two:
        results = dict(zip(jobs, two.starmap(member, jobs, chunksize=1), strict=True))
    return {name: torch.stack([results[v, s] for s, v in enumerate(names)]) for name, names in COMMITTEES.items()}


def average(members: Tensor) -> Tensor:
    """The class with the largest mean probability."""
    return members.mean(0).argmax(1)


def median(members: Tensor) -> Tensor:
    """The class with the largest median probability."""
    return members.median(0).values.argmax(1)


def vote(members: Tensor) -> Tensor:
    """The class that most members name; between equals, the mean probability decides."""
    votes = nn.functional.one_hot(members.argmax(2), 10).sum(0)
    return (votes + members.mean(0)).argmax(1)


def percent(wrong: Tensor) -> float:
    """The share that is true, in percent."""
    return 100 * wrong.double().mean().item()


def by_size(members: Tensor, labels: Tensor) -> list[float]:
    """For M = 1, .., 9 the test error of averaging M members, itself averaged over all choices of the M."""
    everyone = range(len(members))
    choices = [list(combinations(everyone, size)) for size in range(1, len(members) + 1)]
    errors = [[percent(average(members[list(some)]) != labels) for some in chosen] for chosen in choices]
    return [sum(some) / len(some) for some in errors]


def together(wrong: Tensor) -> dict[str, float]:
    """How far the members (rows of `wrong`) err on the same digits."""
    times, pairs = wrong.sum(0), list(combinations(wrong, 2))
    off_diagonal = torch.corrcoef(wrong.double()).sum() - len(wrong)
    return {
        "Alone": 100 * ((times == 1).sum() / (times > 0).sum()).item(),
        "Correlation": off_diagonal.item() / (2 * len(pairs)),
        "Overlap": 100 * sum(((a & b).sum() / (a | b).sum()).item() for a, b in pairs) / len(pairs),
        "Any": (times > 0).sum().item(),
        "All": (times == len(wrong)).sum().item(),
    }


def squares(members: Tensor, labels: Tensor) -> dict[str, float]:
    """The members' squared error, their ambiguity, and the committee's squared error, in units of 0.001."""
    truth, mean = nn.functional.one_hot(labels, 10), members.mean(0)
    distances = {"Square": members - truth, "Ambiguity": members - mean, "SquareTogether": (mean - truth)[None]}
    return {name: 1000 * (d.double() ** 2).sum(2).mean().item() for name, d in distances.items()}


def measured(members: Tensor, labels: Tensor) -> dict[str, float]:
    """All the numbers of one committee."""
    wrong = members.argmax(2) != labels
    errors = [percent(row) for row in wrong]
    rules = {"Average": average, "Median": median, "Vote": vote}
    return {
        **{f"Error{letter}": error for letter, error in zip("ABCDEFGHI", errors, strict=True)},
        **{"Best": min(errors), "Worst": max(errors), "Mean": sum(errors) / len(errors)},
        **{name: percent(rule(members) != labels) for name, rule in rules.items()},
        **together(wrong),
        **squares(members, labels),
    }


def written(number: float) -> str:
    """Counts whole, the rest to about three digits."""
    return str(number) if isinstance(number, int) else f"{number:.{1 if number >= 10 else 2}f}"


def main() -> None:
    """Train the seventeen nets (the original in its ninth place serves both committees) and write what they do."""
    torch.set_num_threads(2)
    labels, members = pictures("t10k")[1], committees()
    sizes = {name: by_size(nets, labels) for name, nets in members.items()}
    write_table(__file__, {"size": range(1, len(views()) + 1), "alike": sizes["alike"], "varied": sizes["varied"]})
    numbers = {f"{name}{what}": n for name, nets in members.items() for what, n in measured(nets, labels).items()}
    alike, varied = (average(members[name]) != labels for name in ("alike", "varied"))
    numbers |= {"onlyAlike": (alike & ~varied).sum().item(), "onlyVaried": (varied & ~alike).sum().item()}
    numbers["chance"] = (alike ^ varied).sum().item() ** 0.5  # of their difference, were both committees equally good
    numbers |= {"hidden": HIDDEN, "epochs": EPOCHS}
    write_values(__file__, {name: written(number) for name, number in numbers.items()})


if __name__ == "__main__":
    main()
