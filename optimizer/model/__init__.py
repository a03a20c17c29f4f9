"""From a case to mathematics in Pyomo, one concept a file."""
