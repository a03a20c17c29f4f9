"""The one place that touches pyomo.repn, whose interfaces are pinned but not promised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo
import scipy.sparse as sp
from numpy.typing import NDArray
from pyomo.repn.parameterized import ParameterizedLinearRepnVisitor
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from pyomo.repn.util import OrderedVarRecorder


@dataclass(frozen=True)
class CompiledModel:
    """A Pyomo model as arrays: row_lower <= A x <= row_upper, minimise cost x + offset."""

    matrix: sp.csr_array
    cost: NDArray[np.float64]
    offset: float
    row_lower: NDArray[np.float64]
    row_upper: NDArray[np.float64]
    rows: tuple[Any, ...]
    variables: tuple[Any, ...]


def compile_model(model: Any) -> CompiledModel:
    """All active constraints and the objective of a linear Pyomo model; raises on a product of
    decisions."""
    form = LinearStandardFormCompiler().write(model, mixed_form=True)
    kind = np.fromiter((row.bound_type for row in form.rows), int, len(form.rows))
    rhs = np.asarray(form.rhs, dtype=np.float64)
    return CompiledModel(
        matrix=sp.csr_array(form.A),
        cost=np.asarray(form.c.todense(), dtype=np.float64).ravel(),
        offset=float(np.asarray(form.c_offset)[0]),
        row_lower=np.where(kind <= 0, rhs, -np.inf),
        row_upper=np.where(kind >= 0, rhs, np.inf),
        rows=tuple(row.constraint for row in form.rows),
        variables=tuple(form.columns),
    )


class LinearForms:
    """Linear forms of step expressions, with coefficients that may hold data symbols."""

    def __init__(self, symbols: Iterable[Any]) -> None:
        recorder = OrderedVarRecorder({}, {}, None)
        self._visitor = ParameterizedLinearRepnVisitor({}, wrt=list(symbols), var_recorder=recorder)

    def of(self, expression: Any) -> tuple[dict[int, Any], Any]:
        """Coefficients by id(variable), and the constant; a product of decisions raises."""
        form = self._visitor.walk_expression(expression)
        if form.nonlinear is not None:
            raise ValueError(f"not linear in the decisions: {expression}")
        return dict(form.linear), form.constant


def bounds_of(variable: Any) -> tuple[float, float, bool]:
    """Lower and upper bound (infinite where there is none) and whether it is whole."""
    lower, upper = variable.bounds
    low = -np.inf if lower is None else float(lower)
    return low, np.inf if upper is None else float(upper), not variable.is_continuous()


def constraints_of(block: Any) -> list[Any]:
    """Active constraints of a block in the order they were written."""
    return list(block.component_data_objects(pyo.Constraint, active=True))
