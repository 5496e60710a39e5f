"""What leaves the house and comes in: counts now; bundles, collection and imports have their place here."""
