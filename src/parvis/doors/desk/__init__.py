"""The desk: where the city's agents keep the register true, see what will be public, and publish it."""
