"""Numpy values of the coefficient expressions that Pyomo leaves over data symbols."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add, mul
from typing import Any

import numpy as np
import pyomo.core.expr.numeric_expr as expr
from numpy.typing import NDArray
from pyomo.core.expr.numvalue import native_numeric_types, value

Array = NDArray[np.float64]


def evaluate(expression: Any, data: Mapping[int, Array]) -> Array | float:
    """Value of an expression whose leaves are numbers or symbols, ``data`` by id(symbol).

    Arrays broadcast: yearly tables have shape (Y, 1, 1), series (1, P, H).
    """
    if expression.__class__ in native_numeric_types:
        return float(expression)
    if not expression.is_expression_type():
        found = data.get(id(expression))
        return float(value(expression)) if found is None else found
    parts = [evaluate(part, data) for part in expression.args]
    if isinstance(expression, expr.SumExpression):
        return reduce(add, parts)
    if isinstance(expression, expr.ProductExpression):
        return reduce(mul, parts)
    if isinstance(expression, expr.DivisionExpression):
        return parts[0] / parts[1]
    if isinstance(expression, expr.NegationExpression):
        return -parts[0]
    raise TypeError(f"coefficient of unknown form: {type(expression).__name__}")
