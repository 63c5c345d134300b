"""Small frozen values with no framework in them: dates known in part, money, periods, identifiers, words in several languages."""
