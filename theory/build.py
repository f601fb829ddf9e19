"""`make theory`: the four PDFs, from one source, by one flag and one language switch."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

from .assemble import DOCUMENTS, document
from .rubric import HERE, QUESTIONS

SOURCES = (".tex", ".cls", ".toml", ".dat", ".png")
_LOUD = ("Overfull", "Underfull \\hbox (badness 10000)", "Missing character", "undefined", "multiply defined")

_LATEX = ["latexmk", "-xelatex", "-interaction=nonstopmode", "-halt-on-error", "-quiet"]
_SAME_DATE = {"SOURCE_DATE_EPOCH": "1698624000", "FORCE_SOURCE_DATE": "1"}  # so that the same source gives the same PDF


def main() -> int:
    """Build the PDFs that are out of step with their source; of one question only, as a draft elsewhere, on request."""
    parser = argparse.ArgumentParser(prog="python -m theory.build", description=main.__doc__)
    parser.add_argument("--question", type=int, choices=QUESTIONS, action="append", help="only this one, with --to")
    parser.add_argument("--to", type=Path, default=HERE, help="the folder for the PDFs, theory/ itself by default")
    wanted = parser.parse_args()
    digest = digest_of_sources()
    failed = 0
    for kind, language in DOCUMENTS:
        pdf = wanted.to / f"{kind}-{language}.pdf"
        if digest_in(pdf) == digest and not wanted.question:
            print(f"{pdf.name} is in step with its source")
            continue
        failed += not _build(pdf, document(kind, language, digest, wanted.question or QUESTIONS))
    return 1 if failed else 0


def digest_of_sources() -> str:
    """SHA-256 of everything that the PDFs are made of, names and contents."""
    whole = hashlib.sha256()
    for path in sorted(HERE.rglob("*")):
        if path.suffix in SOURCES and path.is_file():
            whole.update(f"{path.relative_to(HERE).as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    whole.update((HERE / "assemble.py").read_bytes())
    return whole.hexdigest()


def digest_in(pdf: Path) -> str:
    """The digest of the sources that a PDF says it was made of; empty when there is none."""
    return pypdfium2.PdfDocument(pdf).get_metadata_dict()["Keywords"] if pdf.exists() else ""


def _build(pdf: Path, source: str) -> bool:
    """Write the PDF; false if there is none, or LaTeX has something to complain of."""
    if shutil.which("latexmk") is None:
        print("There is no LaTeX here: bash scripts/setup-tex installs it on Debian and Ubuntu.", file=sys.stderr)
        return False
    with tempfile.TemporaryDirectory() as folder:
        tex = Path(folder, f"{pdf.stem}.tex")
        tex.write_text(source, encoding="utf-8")
        done = subprocess.run(
            [*_LATEX, tex.name],
            cwd=folder,  # its name would be in the PDF's own ID
            env=os.environ | {"TEXINPUTS": f"{HERE}:"} | _SAME_DATE,
            capture_output=True,
        )
        log = tex.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
        if done.returncode or not tex.with_suffix(".pdf").exists():
            print(f"{pdf.name} was not built:\n{_error(log)}", file=sys.stderr)
            return False
        pdf.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tex.with_suffix(".pdf"), pdf)
    complaints = [line for line in log.splitlines() if any(word in line for word in _LOUD)]
    print("\n".join([pdf.name, *complaints]))
    return not complaints


def _error(log: str) -> str:
    """The part of LaTeX's log around its first error."""
    lines = log.splitlines()
    first = next((number for number, line in enumerate(lines) if line.startswith("!")), max(0, len(lines) - 20))
    return "\n".join(lines[first : first + 12])


if __name__ == "__main__":
    sys.exit(main())
