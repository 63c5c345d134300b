"""Calls for projects as CommonGrants tells funding opportunities, so that programs find them among others."""
