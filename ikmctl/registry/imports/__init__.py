"""An import in the registry: staging, matching, applying."""
