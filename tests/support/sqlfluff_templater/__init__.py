"""What the templater of sqlfluff knows of the project: dbt's `adapter` and the macros.

The templater executes this file for each one that it lints; what it imports stays imported, so a process reads the macros once.
"""

from . import adapter  # noqa: F401
from .macros import MACROS

globals().update(MACROS)
__path__ = []  # else the templater executes the modules of this folder again
