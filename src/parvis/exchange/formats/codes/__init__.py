"""The few codes of others that our files use, restated with origin and date, and what of ours each stands for."""
