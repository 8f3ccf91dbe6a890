"""`python -m sandbox`, the same as `ecf-sandbox`."""

from sandbox.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
