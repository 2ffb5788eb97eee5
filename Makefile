# The commands of this project; `make` alone lists them.
BIN = .venv/bin
.DEFAULT_GOAL = help
.PHONY: help run install install-test test check bench growth screenshots migrate demo lock room words

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14
run: install ## install what is missing, prepare this folder's installation, serve it
	@exec $(BIN)/python -m elearn.serve
install: ## make .venv with the locked dependencies and the system libraries they need
	@bin/install
install-test: ## what the tests need besides: test libraries, Chromium, poppler
	@bin/install --test
test: check ## everything: lint, types, laws, unit, both databases, browser
	@$(BIN)/python -m pytest -n 2 --dist loadgroup
check: install-test ## lint, types and import laws only
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache
bench: install-test ## measure the real server; prints a table, writes bench/results.json
	@$(BIN)/python -m bench
growth: install-test ## measure how reports grow up to a hundred thousand people; writes bench/growth.json
	@$(BIN)/python -m bench.growth
screenshots: install-test ## a picture of every page at 360, 768 and 1280 px into screenshots/
	@$(BIN)/python -m tests.journeys.screenshots
migrate: install ## bring the database of this installation to the newest schema
	@$(BIN)/flask --app wsgi db upgrade
demo: install ## load the demo regency into an empty installation
	@$(BIN)/flask --app wsgi demo load
lock: ## write requirements.lock and requirements-test.lock anew
	@bin/lock
words: install ## bring translations/ up to the sentences of the code, and compile them
	@$(BIN)/python bin/words
room: ## make an empty room: make room NAME=complaints
	@bin/room $(NAME)
