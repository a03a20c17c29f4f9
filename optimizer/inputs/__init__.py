"""From schema objects to a case: every number is finished here."""
