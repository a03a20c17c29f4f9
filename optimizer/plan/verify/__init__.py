"""The verifier: recomputes a stored plan from its inputs, without model or solver."""
