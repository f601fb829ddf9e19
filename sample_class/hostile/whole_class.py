"""The hostile class: a named submission for each threat and accident, with the marks and the remark it deserves."""

from .accidents import ACCIDENTS
from .accidents_in_files import ACCIDENTS_IN_FILES
from .by_the_back_door import BY_THE_BACK_DOOR
from .ends import ENDS_AND_LEFTOVERS
from .forging import FORGING
from .forging_values import FORGING_VALUES
from .reaching import REACHING
from .reaching_with_files import REACHING_WITH_FILES
from .replies import REPLIED
from .submission import Hostile
from .under_the_guard import UNDER_THE_GUARD

CLASS: tuple[Hostile, ...] = (
    *FORGING,
    *FORGING_VALUES,
    *BY_THE_BACK_DOOR,
    *UNDER_THE_GUARD,
    *REPLIED,
    *REACHING,
    *REACHING_WITH_FILES,
    *ACCIDENTS,
    *ACCIDENTS_IN_FILES,
    *ENDS_AND_LEFTOVERS,
)
