"""Start the web server and the worker together, as the Procfile says, and stop them together.

What they print is passed on as it is; of the starting and stopping itself nothing is said, so that the address
stays the one line a host reads. Ends with 0 after Ctrl-C or a polite stop, and with the other's code when one of
the two ends by itself.
"""

import os
import sys
from collections import deque
from pathlib import Path
from typing import ClassVar

from honcho.environ import parse_procfile
from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Message, Printer

HERE = Path(__file__).parent
ASKED_TO_STOP = (130, 143)


class Plain(Printer):
    """Prints what the processes say, and nothing of their coming and going. What stops both of them is said once."""

    said: ClassVar[deque[tuple[str, str]]] = deque(maxlen=50)

    def write(self, message: Message) -> None:
        by_another = any(line == message.data and name != message.name for name, line in self.said)
        if message.name != SYSTEM_PRINTER_NAME and not by_another:
            super().write(message)
        self.said.append((message.name, message.data))


def serve() -> int:
    """Run until stopped; returns the code to exit with."""
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    manager = Manager(Plain(sys.stdout, prefix=False))
    for name, command in parse_procfile((HERE / "Procfile").read_text(encoding="utf-8")).processes.items():
        manager.add_process(name, f"exec {command}", env={**os.environ, "PATH": tools}, cwd=str(HERE))
    manager.loop()
    return 0 if manager.returncode in ASKED_TO_STOP else manager.returncode or 1


if __name__ == "__main__":
    sys.exit(serve())
