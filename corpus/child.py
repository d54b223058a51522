"""The child process that takes text out of a page, a PDF or a Word file.

`python -m corpus.child FORM CHARSET URL < file` writes JSON; the last two are those of a page, or empty. It bounds
itself before it loads a parser; what kills it harms nobody else.
"""

import json
import resource
import sys
from contextlib import suppress
from dataclasses import asdict

from corpus.extract import CPU_SECONDS, Fault, NoText, extract

MEMORY_BYTES = 1 << 30


def bound() -> None:
    """Take limits that cannot be raised again: time, memory, no file written, no memory image left."""
    wanted = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError):  # macOS bounds no address space
            resource.setrlimit(kind, (limit, limit))


def main() -> None:
    """Answer one file."""
    bound()
    try:
        form, charset, url = sys.argv[1:]
        reply = asdict(extract(sys.stdin.buffer.read(), form, charset or None, url or None))
    except NoText as none:
        reply = {"fault": none.fault.value}
    except MemoryError:
        reply = {"fault": Fault.LARGE.value}
    sys.stdout.write(json.dumps(reply))


if __name__ == "__main__":
    main()
