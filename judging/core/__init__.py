"""The arithmetic of judging: pure, exact, standard library only; the same input gives the same bytes anywhere."""
