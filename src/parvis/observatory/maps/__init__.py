"""Plates, globes and map files drawn from Natural Earth. A plate has no borders, so nothing to dispute."""
