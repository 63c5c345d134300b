"""French dates as the portal writes them: the day first, hours from 0 to 24."""
