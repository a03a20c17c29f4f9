"""Row-wise arrays of a matrix, of a size known beforehand, filled block by block in place."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from optimizer.solve.matrix import Array
from optimizer.solve.repn import CompiledModel

Columns = NDArray[np.int32]
"""Column numbers, of the width that HiGHS takes."""


class RowArrays:
    """Compressed rows and their bounds: first those of a compiled model, then blocks as they come.

    ``blocks``: (rows, entries a row) of each block that is to come, in that order.
    """

    def __init__(self, first: CompiledModel, blocks: list[tuple[int, int]]) -> None:
        self._blocks = iter(blocks)
        self._row, self._entry = first.matrix.shape[0], first.matrix.nnz
        rows, entries, starts = self._row, self._entry, [first.matrix.indptr]
        for count, each in blocks:
            starts.append(entries + each * np.arange(1, count + 1, dtype=np.int32))
            rows, entries = rows + count, entries + count * each
        self._starts = np.concatenate(starts, dtype=np.int32)
        self._columns, self._values = np.empty(entries, dtype=np.int32), np.empty(entries)
        self.lower, self.upper = np.empty(rows), np.empty(rows)
        self._columns[: self._entry] = first.matrix.indices
        self._values[: self._entry] = first.matrix.data
        self.lower[: self._row], self.upper[: self._row] = first.row_lower, first.row_upper

    def next_block(self) -> tuple[Columns, Array, Array, Array]:
        """The next block to fill: columns and values (rows, entries), lower and upper (rows,)."""
        count, each = next(self._blocks)
        row, entry = self._row, self._entry
        self._row, self._entry = row + count, entry + count * each
        entries, rows = slice(entry, self._entry), slice(row, self._row)
        columns, values = (a[entries].reshape(count, each) for a in (self._columns, self._values))
        return columns, values, self.lower[rows], self.upper[rows]

    def matrix(self, width: int) -> sp.csr_array:
        """All rows, once every block is filled: columns ascending, doubled ones added, no zeros."""
        shape = (len(self.lower), width)
        rows = sp.csr_array((self._values, self._columns, self._starts), shape=shape)
        rows.sum_duplicates()
        rows.eliminate_zeros()
        return rows
