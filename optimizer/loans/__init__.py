"""Plan + loan rules -> verdict (design: docs/loan_rules.md). Judges a stored plan; never solves."""
