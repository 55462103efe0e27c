"""The parts of the client tests: a report, a cache of editors, and one module for each editor."""
