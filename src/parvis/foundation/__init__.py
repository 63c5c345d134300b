"""What every floor stands on: values, vocabularies, declarations of what is published, accounts, the journal."""
