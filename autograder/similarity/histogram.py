"""The distribution of the scores of all pairs, with the cut, as an SVG that stands inside a page."""

from math import log10

import numpy as np

from .cut import Cut

WIDE, HIGH, BARS = 640, 170, 50
_LEFT, _BOTTOM, _TOP = 40, 28, 18


def histogram(scores: np.ndarray, cut: Cut, words: str) -> str:
    """Bars of the numbers of pairs, on a logarithmic scale, so that a single pair is seen."""
    counts, _ = np.histogram(np.clip(scores, 0, 1), bins=BARS, range=(0, 1))
    top = log10(max(int(counts.max(initial=1)), 1) + 1)
    span = WIDE - _LEFT - 10
    height = HIGH - _BOTTOM - _TOP
    parts = [f'<svg viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}" role="img" aria-label="{words}">']
    for at, count in enumerate(counts):
        if count:
            tall = height * log10(int(count) + 1) / top
            x, above = _LEFT + span * at / BARS, (at + 0.5) / BARS > cut.at
            parts.append(
                f'<rect x="{x + 0.5:.1f}" y="{HIGH - _BOTTOM - tall:.1f}" width="{span / BARS - 1:.1f}" '
                f'height="{tall:.1f}" fill="{"#b3261e" if above else "#6b8fc4"}"><title>{count} pairs between '
                f"{at / BARS:.2f} and {(at + 1) / BARS:.2f}</title></rect>"
            )
    parts.append(f'<path d="M{_LEFT} {HIGH - _BOTTOM}h{span}" stroke="#888"/>')
    for tick in range(0, 11, 2):
        x = _LEFT + span * tick / 10
        parts.append(f'<text x="{x:.1f}" y="{HIGH - 12}" text-anchor="middle">{tick / 10:g}</text>')
    for count in (1, 10, 100, 1000, 10_000, 100_000):
        if log10(count + 1) <= top:
            y = HIGH - _BOTTOM - height * log10(count + 1) / top
            parts.append(f'<text x="{_LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{count}</text>')
    x = _LEFT + span * cut.at
    parts.append(f'<path d="M{x:.1f} {_TOP - 4}V{HIGH - _BOTTOM}" stroke="#b3261e" stroke-dasharray="4 3"/>')
    anchor = "end" if cut.at > 0.7 else "start"
    parts.append(f'<text x="{x + (-5 if anchor == "end" else 5):.1f}" y="{_TOP}" text-anchor="{anchor}">')
    parts.append(f"cut {cut.at:.2f}</text></svg>")
    return "".join(parts)
