"""Case -> mathematics in Pyomo, one concept a file; docs/model.md lists every equation by name.

The yearly layer (``yearly.py``) is one Pyomo model. The operation of one time step (``step.py``)
is written once, in symbols; ``optimizer.solve`` stamps it over all years, periods and steps.
"""
