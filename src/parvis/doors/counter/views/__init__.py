"""Views of the counter, a module for each thing an applicant comes for."""
