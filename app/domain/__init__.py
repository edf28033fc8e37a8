"""The facts and their vocabulary: frozen values, standard library only."""
