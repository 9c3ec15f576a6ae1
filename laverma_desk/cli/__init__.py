"""The desk without its window, for roll-outs and scripts: the same services, one command each."""

from laverma_desk.cli.arguments import parse
from laverma_desk.cli.running import guarded, run

__all__ = ["guarded", "parse", "run"]
