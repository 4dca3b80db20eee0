# Two commands on a fresh Debian (python3, python3-venv, make):
#   make run     set up, load Plan 85 and the demonstration data, serve on port 8000
#   make test    set up and run the tests
# make run EMPTY=1 starts a portal of your own beside it: asks for the ward and the first administrator.

PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000
BIND ?= 127.0.0.1:$(PORT)
PIP := .venv/bin/pip install -q --disable-pip-version-check --require-hashes

ifdef EMPTY
export DATABASE_URL ?= sqlite:///$(CURDIR)/portal.sqlite3
export MEDIA_ROOT ?= $(CURDIR)/var/portal
endif

.PHONY: run test fuzz bench chaos lint types pins messages clean

run: .venv/.run .env
	@$(PY) manage.py prepare $(if $(EMPTY),--empty) --port $(PORT)
	@exec $(PY) -m gunicorn campaign_portal.wsgi -b $(BIND) -w 2 -k gthread --threads 4 --log-level warning

test: .venv/.dev .env
	$(PY) -m pytest -q -n auto $(ARGS)

# On the database of DATABASE_URL, SQLite by default; FUZZ_SEED=2 makes others.
fuzz: .venv/.dev .env
	FUZZ_REQUESTS=$(or $(FUZZ_REQUESTS),100000) $(PY) -m pytest -q -n 0 campaign_portal/tests/test_fuzz.py

bench: .venv/.dev .env
	$(PY) -m bench $(ARGS)

chaos: .venv/.dev .env
	$(PY) -m bench chaos $(ARGS)

lint: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/lint-imports

types: .venv/.dev .env
	.venv/bin/mypy

.venv/.run: requirements.txt
	@echo "Đang cài đặt, chỉ lần đầu, khoảng một phút…"
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@$(PIP) -r requirements-dev.txt
	@touch $@

.env:
	@umask 077; $(PYTHON) -c "import secrets; print('SECRET_KEY=' + secrets.token_urlsafe(50))" > $@
	@printf 'HTTPS=off\nSTATIC_HASHED=off\nALLOWED_HOSTS=localhost,127.0.0.1\n' >> $@

# Needs uv on the path.
pins:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make pins" requirements.in -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make pins" requirements-dev.in -o requirements-dev.txt

# Needs Debian's gettext; the compiled catalogue is committed, so that nobody else does.
messages:
	msgfmt -c -o locale/vi/LC_MESSAGES/django.mo locale/vi/LC_MESSAGES/django.po

clean:
	rm -rf .venv staticfiles .pytest_cache .ruff_cache .mypy_cache
