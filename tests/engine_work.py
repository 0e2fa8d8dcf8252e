"""What the tests let workers do: they import it by its name."""

import os
import signal
import sys
import time


def work(order: str) -> str:
    """Do well, or fail in the way that is ordered."""
    match order:
        case "sleep":
            time.sleep(60)
        case "allocate":
            return str(len(bytearray(8 << 30)))
        case "abort":
            os.write(2, b"memory allocation of 549755813888 bytes failed\n")
            os.abort()
        case "exit":
            os._exit(3)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "raise":
            raise LookupError("gone")
        case "print":
            print("noise", flush=True)  # noqa: T201 - a library that talks
        case "pandas":
            return str("pandas" in sys.modules)
    return f"{order} done"
