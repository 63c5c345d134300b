"""The door of machines: every list and record of the portal as data, and the files of each release."""
