"""Every word that people read, and the few lines that look one up."""
