# One command an intention. Everything runs in .venv, which the first command makes.
SHELL := /bin/bash
VENV  := .venv
PAIR  := # a torch and torchvision in place of those of requirements.lock
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: help setup demo demo-pair test check lint release pack theory figures corpus mistakes slips mutants seeds learning bench bench-class bench-forward-forward bench-paper chaos clean

help:            ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## */\t/' | expand -t 24

setup: $(VENV)/.ready ## the virtual environment, with pinned versions

$(VENV)/.ready: pyproject.toml requirements.lock scripts/setup
	bash scripts/setup $(VENV) $(PAIR)

demo: setup      ## a sample class from collected zips to gradebook, feedback and report
	python -m sample_class.demo

demo-pair:       ## the same in a second environment, .venv-pair, with a torch and torchvision that go together (5.6 GB)
	$(MAKE) demo VENV=.venv-pair PAIR="torch==2.14.1 torchvision==0.29.1"

test: setup      ## style, types, the assignment's own proof and all tests (after demo-pair also: make test VENV=.venv-pair)
	ruff check . && ruff format --check autograder sample_class tests
	mypy
	python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: setup     ## style, types and the quick tests: under a minute, nothing of a student's runs
	ruff check . && ruff format --check autograder sample_class tests
	mypy
	python -m pytest -n auto --dist loadfile -m "not slow"

lint: setup      ## the assignment proves itself: stubs fail, solutions pass, points and ids agree, nothing leaks
	hw2 lint

release: setup   ## release/hw2 and gradebook.db anew from source/
	hw2 release

pack: release    ## dist/HW2.zip, the hand-out
	hw2 pack

theory: setup    ## the four PDFs of theory/ and the questions of theory.ipynb, from one source
	bash scripts/setup-tex
	python -m theory.build
	python -m theory.notebook

figures: setup   ## the measurements behind the figures of theory/, again (minutes)
	python -m theory.figures

corpus: setup    ## the hostile class (docs/corpus.md; PLAIN=1: plain nbgrader, too), 100,000 hostile replies, blind rounds, mistakes, mutants
	python -m sample_class.corpus $(if $(PLAIN),--plain)
	python -m sample_class.hostile_agent
	WHOLE_CORPUS=1 python -m pytest -n auto tests/test_laying_again.py tests/test_laying_twice.py tests/test_visible_checks.py tests/test_bundle_rules.py
	WHOLE_CORPUS=1 python -m pytest -n auto -rs tests/test_chaos.py tests/test_dask.py tests/test_postgres.py tests/test_ends.py tests/test_collect_killed.py tests/test_release_after_grading.py
	python -m sample_class.blind --round 1 && python -m sample_class.blind --round 2
	$(MAKE) mistakes mutants

mistakes: setup  ## the confusion table: wrong and right answers against the hidden tests (docs/mistakes.md, docs/right.md)
	python -m sample_class.mistakes
	python -m sample_class.right
	python -m sample_class.right.visible

slips: setup     ## slips in a solved hand-out: what is said before packing, and what grading says (docs/slips.md)
	OMP_NUM_THREADS=1 python -m sample_class.slips

mutants: setup   ## the reference with one operator, number, argument or statement changed (docs/mutants.md)
	python -m sample_class.mutants

seeds: setup     ## right answers with hundreds of seeds of the hidden inputs, in both precisions (docs/seeds.md; hours)
	python -m sample_class.seeds

learning: setup  ## how far from their bounds the tests that train end, over solutions and seeds (docs/learning.md; hours)
	python -m sample_class.seeds.learning

bench: setup     ## times, accuracies and how well copies are told apart, recorded in docs/bench.md and docs/similarity.md
	python -m sample_class.bench
	python -m sample_class.bench_similarity

bench-class: setup ## plain nbgrader, otter-grader, ours and the floor side by side, in docs/bench-class.md (an hour)
	python -m sample_class.class_bench $(BENCH)

bench-forward-forward: setup ## Forward-Forward by CPU time, recorded in docs/forward-forward.md
	OMP_NUM_THREADS=1 python -m sample_class.forward_forward_bench

bench-paper: setup ## the paper's Forward-Forward nets, hours
	python -m sample_class.forward_forward_bench --paper

chaos: setup     ## kill everything during a run, compare with an undisturbed one; needs .[scale] and PostgreSQL
	python -m sample_class.chaos

clean:           ## what demo and tests left behind; never a submission or a mark
	rm -rf scratch dist .pytest_cache .mypy_cache .ruff_cache
