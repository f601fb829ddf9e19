"""What the pages of similarity have in common: escaped, without script."""

from ..visible import escape

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 84rem; padding: 0 1rem; color: #222; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top; }
th { font-weight: 600; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.above td:first-child { border-left: 4px solid #b3261e; } tr.below { color: #666; }
.narrow table { width: auto; } .who { white-space: nowrap; }
.quiet { color: #666; font-size: 13px; } .said { background: #fff3cd; padding: 0 .4rem; border-radius: 3px; }
.strip { display: flex; gap: 1px; } .strip span { width: 9px; height: 20px; border: 1px solid #ddd; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; } .sides > * { min-width: 0; }
pre { font: 13px/1.5 ui-monospace, monospace; background: #f8f8f8; padding: .6rem; margin: 0; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.prose { background: #f8f8f8; padding: .6rem; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
mark { color: inherit; border-radius: 2px; }
mark sup { font: bold 10px system-ui, sans-serif; padding: 0 2px; color: #555; }
svg text { font: 11px system-ui, sans-serif; fill: #444; } summary { cursor: pointer; color: #555; }
.warning { background: #fdecea; padding: .5rem .8rem; border-radius: 4px; }
"""
NUMBERS = ("code", "explanations")  # columns
COLOURS = ("#ffe08a", "#b5e3c0", "#bcd7ff", "#f9c2d2", "#e0ccff", "#ffd0a8", "#b8ecec", "#dfe8a0")


def page(title: str, body: str) -> str:
    """A whole page."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )


def rows(head: list[str], lines: list[str]) -> str:
    """A table of lines that are <tr> already."""
    return (
        "<table><tr>" + "".join(f"<th>{escape(title)}</th>" for title in head) + "</tr>" + "".join(lines) + "</table>"
    )


def colour(number: int) -> str:
    """The colour of a shared passage."""
    return COLOURS[(number - 1) % len(COLOURS)]
