"""`python -m csplanner` is the command `csplanner`."""

import sys

from csplanner.cli.main import main

# The guard matters: a child process that reads a snapshot imports this module again.
if __name__ == "__main__":
    sys.exit(main())
