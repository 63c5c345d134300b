"""What comes in: strict readers, and the one way each kind of record is entered through its room."""
