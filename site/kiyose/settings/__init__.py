"""
All settings, put together.

Each module holds one idea. What differs between machines comes from the environment
only, and is read, checked and explained in `environment.py`.
"""

from .apps import *
from .content import *
from .logs import *
from .paths import *
from .security import *
from .services import *
from .uploads import *
