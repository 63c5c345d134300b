"""The public portal: what the city does in the world, read from a release and nothing else."""
