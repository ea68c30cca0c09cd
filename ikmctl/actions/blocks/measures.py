"""The indicators of a span: what is compared with the period before, and what a target can be set for (DOMAIN §7)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from ikmctl.actions.blocks.ground import Ground
from ikmctl.domain import values as v
from ikmctl.domain.choices import Choice
from ikmctl.domain.shares import percent
from ikmctl.domain.values import Kind
from ikmctl.language import N_, _
from ikmctl.registry import figures

Figure = int | float | None


class Measure(NamedTuple):
    """An indicator: its code, what it is called, what else it is called, and its figure from one day to another."""

    code: str
    label: str
    words: tuple[str, ...]
    value: Callable[[Ground, date, date], Figure]
    kind: Kind = v.COUNT
    compared: bool = True
    """with the period before; the others would take as long as the whole report"""

    @property
    def title(self) -> str:
        """What it is called in the language in use."""
        return _(self.label)


def _businesses(ground: Ground, _start: date, end: date) -> int:
    since = ground.flow(end + timedelta(days=1), ground.period.last).net if end < ground.period.last else 0
    return ground.total.businesses - since


def _coverage(ground: Ground, start: date, end: date) -> Figure:
    return percent(ground.reached(start, end).businesses, _businesses(ground, start, end))


def _group_coverage(ground: Ground, start: date, end: date) -> Figure:
    return percent(ground.reached(start, end).groups, len(figures.groups(ground.connection, end, ground.scope)))


MEASURES = (
    Measure("businesses", N_("businesses at the end"), ("IKM", "jumlah IKM", "usaha", "businesses"), _businesses),
    Measure(
        "new_businesses",
        N_("businesses registered"),
        ("IKM baru", "wirausaha baru", "new IKM", "IKM registered"),
        lambda ground, start, end: ground.flow(start, end).registered,
    ),
    Measure(
        "closed_businesses",
        N_("businesses closed"),
        ("IKM tutup", "IKM closed"),
        lambda ground, start, end: ground.flow(start, end).closed,
    ),
    Measure(
        "workers",
        N_("workers at the end"),
        ("tenaga kerja", "workers"),
        lambda ground, _start, end: ground.amounts(end).workers,
    ),
    Measure(
        "investment",
        N_("investment at the end"),
        ("investasi", "nilai investasi", "investment"),
        lambda ground, _start, end: ground.amounts(end).investment,
        v.MONEY,
    ),
    Measure(
        "production_value",
        N_("production at the end"),
        ("produksi", "nilai produksi", "production"),
        lambda ground, _start, end: ground.amounts(end).production_value,
        v.MONEY,
    ),
    Measure(
        "events",
        N_("events"),
        ("kegiatan", "jumlah kegiatan"),
        lambda ground, start, end: ground.reached(start, end).events,
    ),
    Measure(
        "participants",
        N_("participants"),
        ("peserta", "jumlah peserta", "attendances"),
        lambda ground, start, end: ground.reached(start, end).attendances,
    ),
    Measure(
        "businesses_coached",
        N_("IKM coached"),
        ("IKM dibina", "jumlah IKM dibina", "businesses coached", "coached"),
        lambda ground, start, end: ground.reached(start, end).businesses,
    ),
    Measure(
        "groups_coached",
        N_("groups coached"),
        ("kelompok dibina", "kelompok usaha dibina"),
        lambda ground, start, end: ground.reached(start, end).groups,
    ),
    Measure("coverage", N_("coverage of IKM"), ("cakupan bina IKM", "cakupan"), _coverage, v.PERCENT, False),
    Measure("group_coverage", N_("coverage of groups"), ("cakupan bina kelompok",), _group_coverage, v.PERCENT, False),
    Measure(
        "sentra",
        N_("sentra at the end"),
        ("sentra", "sentra aktif", "active sentra"),
        lambda ground, _start, end: len(figures.sentra(ground.connection, end, ground.scope)),
        compared=False,
    ),
)

BY_CODE = {measure.code: measure for measure in MEASURES}
CHOICES = tuple(Choice(measure.code, measure.label, measure.words) for measure in MEASURES)
