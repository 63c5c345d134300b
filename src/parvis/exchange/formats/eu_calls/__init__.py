"""Calls for proposals of the European Union: the portal's own search answers, and lists made from them."""
