"""How the dataset is made: sources → documents → normalized → tables → published."""
