"""`python -m optimizer.cli` does what `decarb` does."""

from optimizer.cli import main

main()
