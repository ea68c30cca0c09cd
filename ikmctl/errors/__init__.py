"""Every error, declared once: a stable code, an exit status, what went wrong, and what to do about it.

The modules hold the errors by job. This package publishes all of them: `from ikmctl import errors`.
"""

from ikmctl.errors.base import *
from ikmctl.errors.exchange import *
from ikmctl.errors.history import *
from ikmctl.errors.imports import *
from ikmctl.errors.lookup import *
from ikmctl.errors.output import *
from ikmctl.errors.records import *
from ikmctl.errors.registry_file import *
from ikmctl.errors.reports import *
from ikmctl.errors.usage import *
