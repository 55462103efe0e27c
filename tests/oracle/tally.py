"""Counts what passed and what failed, and ends a suite with the line that the test command sums up."""

import sys


def attempt(test, *arguments) -> list[str]:
    """The faults that a test finds; an exception in it is one, and the tests after it go on."""
    try:
        return test(*arguments)
    except Exception as failure:
        return [f"{type(failure).__name__}: {failure}"]


class Tally:
    """The score of a suite."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.skipped = 0

    def check(self, name: str, faults: list[str]) -> None:
        """Scores one test: passed if there is no fault."""
        if faults:
            self.failed += 1
            print(f"FAILED {name}")
            for fault in faults:
                print("    " + fault.replace("\n", "\n    "))
        else:
            self.passed += 1

    def skip(self, name: str, why: str) -> None:
        """Scores one test that could not run, and says why."""
        self.skipped += 1
        print(f"SKIPPED {name}: {why}")

    def close(self) -> None:
        """Prints the closing line and ends the process, with status 1 if anything failed or nothing ran."""
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        sys.exit(1 if self.failed or not self.passed else 0)
