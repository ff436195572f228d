.venv/bin/docgen:
	python3 -m venv .venv
