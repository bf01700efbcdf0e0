"""Vectors of whole visits: visits/."""

import visits_admission
import visits_basic
import visits_forks
import visits_gaps
import visits_holds
import visits_inert
import visits_roster
from authoring import Kind


def make(out):
    kind = Kind("visits", out)
    visits_basic.make(kind)
    visits_inert.make(kind)
    visits_roster.make(kind)
    visits_forks.make(kind)
    visits_admission.make(kind)
    visits_gaps.make(kind)
    visits_holds.make(kind)
