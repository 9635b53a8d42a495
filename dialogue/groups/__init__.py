"""Working groups: seats, composition, proposals, positions on proposals and the order of proposals."""
