"""Plan + loan rules -> verdict (design: docs/loan_rules.md). Only find*.py searches for plans."""
