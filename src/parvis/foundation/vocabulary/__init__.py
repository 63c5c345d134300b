"""The words the city chooses from: languages, countries, goals, themes, kinds of records, addresses."""
