"""From a model to numbers; the only floor that talks to HiGHS."""
