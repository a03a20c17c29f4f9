"""Questions that one plan can't answer: many plans of one factory, side by side."""
