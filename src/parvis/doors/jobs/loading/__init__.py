"""Loading a city from its data files: all of it or nothing, each refusal with its file and line."""
