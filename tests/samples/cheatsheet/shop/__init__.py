"""A small shop. One mistake of each kind is planted in its models: `relmodel check` finds them all."""
