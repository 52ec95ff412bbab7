"""Questions that need more room than a panel."""
