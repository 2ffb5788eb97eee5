"""The Sekda's circulars: who must finish which module by when, and the letter that says so."""
