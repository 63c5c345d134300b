# Everything is done by these words; `make run` and `make test` are the two that matter.

# The first Python of this machine that is recent enough.
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$name; break; fi; done)
HERE := .venv/bin/python
export PYTHONPATH := $(CURDIR)/src:$(CURDIR)
export PYTHONUNBUFFERED := 1
# What Python compiles is kept, whatever the machine says: what the tests bring is compiled as it is read.
export PYTHONDONTWRITEBYTECODE :=
# A rehearsal has everything of its own, and writes to nobody.
REHEARSAL := env -u DATABASE_URL -u DATABASE_OWNER_URL -u PARVIS_EMAIL_URL PARVIS_REHEARSAL=1 PARVIS_CITY=paris \
	PARVIS_VAR=var/rehearsal PARVIS_PUBLIC_PORT=8010 PARVIS_OFFICE_PORT=8011 $(HERE)

# GNU make ends with 2 whatever fails in it, and says a line of its own. What stands in the way of a start is said in one
# sentence and ends with 1: the start leaves word in a file, and make, asked with -q whether anything is left to do,
# answers 1 by itself. Lines that begin with + are done all the same.
OPENING := $(filter run rehearsal,$(or $(MAKECMDGOALS),run))
ifneq ($(OPENING),)
MAKEFLAGS += -q
UNDONE := $(or $(TMPDIR),/tmp)/parvis-undone-$(shell echo $$PPID)
endif
OPEN = unset MAKEFLAGS; $(if $(PYTHON),$(PYTHON) scripts/bootstrap.py run,echo "$(NO_PYTHON)" >&2; false)
OPENED = $(if $(shell cat "$(UNDONE)" 2>/dev/null; rm -f "$(UNDONE)"),false)
NO_PYTHON := Parvis needs Python 3.11 or later, and none was found on this machine.

.PHONY: opening-run opening-rehearsal
.PHONY: run test check environment test-environment release link messages verify-journal verify-ledger mechanisms rehearsal rehearsal-links shots lighthouse weights bench last-minute attempts chaos fuzz new-city

run: opening-run ## Open both sites; Ctrl-C stops everything
	$(OPENED)

opening-run:
	+@{ $(OPEN); } && exec env PARVIS_UNDONE="$(UNDONE)" $(HERE) -m parvis.config.supervisor run || echo undone > "$(UNDONE)"

rehearsal: opening-rehearsal ## Paris, and in it a call played whole on 400 real requests of 2013; apart from everything else
	$(OPENED)

opening-rehearsal:
	+@{ $(OPEN); } && exec env PARVIS_UNDONE="$(UNDONE)" $(REHEARSAL) -m parvis.config.supervisor run || echo undone > "$(UNDONE)"

rehearsal-links: environment ## New one-time links for every part of the rehearsal
	@exec $(REHEARSAL) -m parvis.config.supervisor link

test: test-environment ## Everything that CI runs
	@exec $(HERE) scripts/judge.py

check: test-environment ## Style, types, contracts and house tests only
	@exec $(HERE) scripts/judge.py --quick

environment:
	@$(if $(PYTHON),,echo "$(NO_PYTHON)" >&2; exit 1)
	@$(PYTHON) scripts/bootstrap.py run

test-environment:
	@$(if $(PYTHON),,echo "$(NO_PYTHON)" >&2; exit 1)
	@$(PYTHON) scripts/bootstrap.py test

release: environment ## Publish what the register says now
	@exec $(HERE) -m parvis.config.supervisor manage make_release

mechanisms: environment ## Count the mechanisms that work, by theme
	@exec $(HERE) scripts/mechanisms.py

link: environment ## A new one-time link to sign in at the office
	@exec $(HERE) -m parvis.config.supervisor link

verify-journal: environment ## Check the chain of the journal
	@exec $(HERE) -m parvis.config.supervisor manage verify_journal

verify-ledger: environment ## Add the ledger of money up again, from its first entry
	@exec $(HERE) -m parvis.config.supervisor manage verify_ledger

messages: environment ## Gather what is to be translated
	@exec $(HERE) -m parvis.doors.ui.messages

shots: test-environment ## Pictures of every page, in shots/
	@exec $(HERE) scripts/shots.py

lighthouse: test-environment ## Speed, accessibility, good practice and search engines, page by page
	@exec $(HERE) -m scripts.lighthouse

weights: test-environment ## What a first visit weighs, by kind of page
	@exec $(HERE) -m scripts.weights

bench: test-environment ## Bake and serve synthetic cities; figures go to docs/benchmarks.md
	@exec $(HERE) -m bench

last-minute: test-environment ## The last minute of a call: 500 applicants, 20 saves and a sending each
	@exec $(HERE) -m bench.counter

attempts: test-environment ## Ten thousand attempts on one envelope over 32 connections, then the ledger added up again
	@exec $(HERE) -m bench.ledger

chaos: test-environment ## The same pace, minute after minute, while the server and its database are killed; then make attempts
	@exec $(HERE) -m bench.counter --kills 50

fuzz: test-environment ## Each reader of strangers' files under a fuzzer, a minute each: make fuzz SECONDS=600 READERS="iati sheets"
	@exec nice $(HERE) scripts/fuzz.py --seconds "$(or $(SECONDS),60)" $(READERS)

new-city: ## Lay down the files of a new city: make new-city CITY=lyon NAME=Lyon COUNTRY=FR LANGUAGES=fr,en
	@exec $(PYTHON) scripts/new_city.py --city "$(CITY)" --name "$(NAME)" $(if $(COUNTRY),--country "$(COUNTRY)") \
		$(if $(LANGUAGES),--languages "$(LANGUAGES)") $(if $(CURRENCY),--currency "$(CURRENCY)") $(if $(ZONE),--zone "$(ZONE)") \
		$(if $(LATITUDE),--latitude "$(LATITUDE)") $(if $(LONGITUDE),--longitude "$(LONGITUDE)")
