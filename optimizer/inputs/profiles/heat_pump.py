"""How well a heat pump lifts heat."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

KELVIN = 273.15


def cop(
    sink_c: ArrayLike, source_c: ArrayLike, quality: float, maximum: float
) -> NDArray[np.float64]:
    """Coefficient of performance, MWh heat per MWh electricity, in the broadcast shape of inputs.

    cop = min(maximum, quality * T_sink / (T_sink - T_source)), temperatures in degC turned to K:
    the Carnot limit (Carnot 1824) times a second-law efficiency, the usual form for industrial heat
    pumps (Arpagaus et al., Energy 152 (2018) 985-1010). A source as warm as the sink gives
    `maximum`. For a stream that cools or warms on its way, give its thermodynamic mean temperature,
    (T_in - T_out) / ln(T_in / T_out) in K, and the same formula is the Lorenz limit.

    Raises ValueError for a quality outside (0, 1], a maximum not above 0, a temperature at or below
    absolute zero or not finite.
    """
    if not 0 < quality <= 1:
        raise ValueError(f"quality: got {quality}, must be above 0 and at most 1")
    if not maximum > 0:
        raise ValueError(f"maximum: got {maximum}, must be above 0")
    sink = np.asarray(sink_c, np.float64) + KELVIN
    source = np.asarray(source_c, np.float64) + KELVIN
    for name, kelvin in (("sink_c", sink), ("source_c", source)):
        if not np.isfinite(kelvin).all() or (kelvin <= 0).any():
            raise ValueError(f"{name}: a temperature is not a number above -273.15 degC")
    sink, source = np.broadcast_arrays(sink, source)
    lift = sink - source
    ideal = np.divide(sink, lift, out=np.full(lift.shape, np.inf), where=lift > 0)
    result: NDArray[np.float64] = np.minimum(maximum, quality * ideal)
    return result
