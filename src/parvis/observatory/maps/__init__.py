"""Plates, globes and map files, drawn from Natural Earth. No borders on a plate, so nothing to dispute there."""
