# Right Door. `make help` lists what can be done.
PYTHON := .venv/bin/python
READY := .venv/ready

.PHONY: help run scale demo test test-fast train check evaluate safety simulate thresholds bench bench-signals bench-understanding screenshots strings wording lint setup clean transcripts pictures evaluate-rumours
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 22

run: $(READY) ## Set up, train if need be, and talk: on Telegram with a token, else in the terminal
	@exec $(PYTHON) -m bot.launch

WORKERS ?= 2
scale: $(READY) ## Serve Telegram with WORKERS of each kind (2), over Redis and PostgreSQL
	@exec $(PYTHON) -m bot.scale --workers $(WORKERS)

demo: $(READY) ## Fill demo.sqlite3 with a year of invented demand, to see the dashboard with
	@$(PYTHON) -m bot.signals.demo

test: $(READY) ## Set up and run all tests
	@$(PYTHON) -m bot.model_file
	@$(PYTHON) -m pytest

test-fast: $(READY) ## Run the tests that need neither Rasa nor a trained model
	@$(PYTHON) -m pytest -m "not slow"

train: $(READY) ## Train the model anew
	@$(PYTHON) -m bot.model_file --anew

check: $(READY) lint ## Check code, sentences and city packs; name every fault
	@$(PYTHON) -m bot.words.check
	@$(PYTHON) -m bot.words.wording
	@$(PYTHON) -m bot.directory
	@$(PYTHON) -m bot.rumours

evaluate: $(READY) ## Measure the understanding, per language, the worst first
	@$(PYTHON) -W ignore -m evaluation $(MESSAGES)

safety: $(READY) ## Ask every cry for help in every state of every guided conversation
	@$(PYTHON) -W ignore -m evaluation.safety
evaluate-rumours: $(READY) ## Measure how surely rumours are found again, the worst language first
	@$(PYTHON) -m evaluation.rumours

simulate: $(READY) ## Simulate the weekly releases of a city: what they show, and what they hide
	@$(PYTHON) -W ignore -m evaluation.signals

thresholds: $(READY) ## Choose the thresholds of the decision on the development messages
	@$(PYTHON) -W ignore -m evaluation.thresholds

bench: $(READY) ## Measure speed and memory beside Rasa's default (an hour); PARTS="turns memory", SIZE=small
	@$(PYTHON) -W ignore -m bench $(if $(SIZE),--size $(SIZE)) $(PARTS)

bench-signals: $(READY) ## Measure a million counts, and the dashboard with ten years of releases
	@$(PYTHON) -m bench.signals

bench-understanding: $(READY) ## Measure our pipeline beside Rasa's default one (about half an hour)
	@$(PYTHON) -m bench.understanding

transcripts: $(READY) ## Write down what is replied to the journeys, or into FILES="..." (docs/how-to)
	@$(PYTHON) -W ignore -m bench.journeys.record $(if $(WHOLE),--whole) $(FILES)

screenshots: $(READY) ## Draw the dashboard of the demonstration into docs/pictures (needs Chromium)
	@$(PYTHON) -m bench.screenshots

pictures: $(READY) ## Draw the recorded journeys of docs/pictures (needs Chromium)
	@$(PYTHON) -m bench.journeys.picture $(FILES)

strings: $(READY) ## Write new and changed sentences into the catalogues
	@$(PYTHON) -m bot.words.check --update

wording: $(READY) ## Report how easy our words are to read, per language
	@$(PYTHON) -m bot.words.wording --report

lint: $(READY) ## Check style and types
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

setup: $(READY) ## Install everything the project needs

$(READY): uv.lock pyproject.toml scripts/bootstrap.py
	@python3 scripts/bootstrap.py
	@touch $(READY)

clean: ## Remove everything that was installed or trained
	rm -rf .venv .tools .rasa models reports
