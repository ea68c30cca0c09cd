"""Files of indicators for other offices: figures without any record of a business or a person."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ikmctl import disk, errors
from ikmctl.actions.exchange.measure import Indicators, Share, measure, per_thousand
from ikmctl.actions.reports.indicators import BY_CODE, Figure
from ikmctl.disk import OutputTarget
from ikmctl.document import Document, done
from ikmctl.domain.choices import EVENT_KINDS
from ikmctl.domain.keys import key
from ikmctl.domain.periods import Period, read_period
from ikmctl.domain.scale import percent
from ikmctl.domain.suppression import MINIMUM_COUNT, TOTAL, add_line_total, suppress
from ikmctl.language import N_, _
from ikmctl.registry.file.database import Registry

FORMAT, VERSION = "ikmctl-indicators", 1

#: Sources of funding that may be named; other texts may be names of persons. See docs/domain.md, “Coaching”.
FUNDING = (
    "APBD",
    "APBN",
    "DAK Fisik",
    "DAK Nonfisik",
    "PK2UMK",
    "DBHCHT",
    "Dekon/TP",
    "BDI 3-in-1",
    "Dekranasda",
    "CSR",
)
OTHER = "other"

ANEW = N_("Ask for a new file, made with: ikmctl export-indicators FILE PERIOD")


def export(registry: Registry, target: OutputTarget, period: Period) -> Document:
    """Write the indicators of a period to a JSON file. Raises OutputExists, OutputRefused, Cancelled."""
    file = target.path
    disk.check_target(target, [file])
    with registry.read() as connection:
        indicators = remove_small_counts(measure(connection, period))
    content = json.dumps(to_json(indicators), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    disk.write([(file, [content.encode()])])
    message = _("Wrote the indicators of {city} for {period} to {file}.")
    return done(
        message.format(city=indicators.name, period=period.title, file=file),
        _("It contains no records. Counts below {least} in a breakdown are left out.").format(least=MINIMUM_COUNT),
        _("The other office can compare with: ikmctl compare {file}").format(file=file.name),
        file=str(file),
        period=period.code,
    )


def remove_small_counts(indicators: Indicators) -> Indicators:
    """The indicators without values that could reveal single businesses or people.

    Left out are small counts of a breakdown, sums over fewer than MINIMUM_COUNT businesses, the names of sentra,
    events and funders, and the lessons.
    """
    figures = dict(indicators.figures)
    businesses = int(figures["businesses"].value or 0)
    formal = int(figures["formal"].value or 0)
    if 0 < min(formal, businesses - formal) < MINIMUM_COUNT or 0 < businesses < MINIMUM_COUNT:
        figures["formal"] = figures["formal_percent"] = Figure(None)
    for code, figure in figures.items():
        if figure.missing is not None and 0 < businesses - figure.missing < MINIMUM_COUNT:
            figures[code] = Figure(None)
    return replace(
        indicators,
        figures=figures,
        sectors=_without_small(indicators.sectors),
        scales=_without_small(indicators.scales),
        event_kinds=_named(indicators.event_kinds, [choice.code for choice in EVENT_KINDS]),
        funding=_named(indicators.funding, FUNDING),
        sentra=(),
        lessons=(),
    )


def _named(counts: Sequence[tuple[str, int | None]], known: Sequence[str]) -> list[tuple[str, int | None]]:
    """Counts by known name, all other names under `OTHER`; small counts are None."""
    names = {key(name): name for name in known}
    named: dict[str, int] = {}
    for name, count in counts:
        shown = names.get(key(name), OTHER)
        named[shown] = named.get(shown, 0) + (count or 0)
    return [(name, None if 0 < count < MINIMUM_COUNT else count) for name, count in named.items()]


def _without_small(shares: Sequence[Share]) -> list[Share]:
    hidden = suppress(add_line_total({str(index): share.businesses or 0 for index, share in enumerate(shares)}))
    return [
        share._replace(businesses=None) if (TOTAL, str(index)) in hidden else share
        for index, share in enumerate(shares)
    ]


def to_json(indicators: Indicators) -> dict[str, Any]:
    """The content of an indicator file; see docs/json.md."""
    businesses = indicators.figures["businesses"].value
    return {
        "format": FORMAT,
        "version": VERSION,
        "city": {"code": indicators.city, "name": indicators.name},
        "office": indicators.office,
        "period": indicators.period,
        "indicators": {
            code: {
                "value": figure.value,
                **({"missing": figure.missing} if figure.missing is not None else {}),
                **({"per_thousand": per_thousand(indicators, code)} if BY_CODE[code].per_thousand else {}),
                "unit": BY_CODE[code].unit,
            }
            for code, figure in indicators.figures.items()
        },
        "sectors": _shares(indicators.sectors, businesses),
        "scales": _shares(indicators.scales, businesses),
        "event_kinds": [{"kind": kind, "events": events} for kind, events in indicators.event_kinds],
        "funding": [{"source": name, "events": events} for name, events in indicators.funding],
    }


def _shares(shares: Sequence[Share], businesses: int | float | None) -> list[dict[str, Any]]:
    return [
        {
            "code": share.code,
            **({"names": dict(share.names)} if share.names else {}),
            "businesses": share.businesses,
            "percent": None if share.businesses is None else percent(share.businesses, int(businesses or 0)),
        }
        for share in shares
    ]


def read(file: Path, content: bytes) -> Indicators:
    """The indicators of a file from another office. Raises FileRefused."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
        ours = isinstance(data, dict) and data.get("format") == FORMAT
    except (ValueError, RecursionError):
        ours = False
    if not ours:
        raise errors.FileRefused(
            file=file,
            reason=_("it is neither a registry nor a file of indicators"),
            advice=_("Name another office's registry, or the file that it made with: ikmctl export-indicators FILE"),
        )
    if data.get("version") != VERSION:
        reason = _("its format version is {found}, but this program reads {known}")
        version = str(data.get("version"))[:20]
        raise errors.FileRefused(file=file, reason=reason.format(found=version, known=VERSION), advice=_(ANEW))
    try:
        return _from_json(data)
    except (KeyError, TypeError, ValueError, AttributeError, errors.UnknownPeriod) as error:
        raise errors.FileRefused(file=file, reason=_("its content is not valid"), advice=_(ANEW)) from error


def _from_json(data: Mapping[str, Any]) -> Indicators:
    given = data["indicators"]
    return Indicators(
        city=_text(data["city"]["code"]),
        name=_text(data["city"]["name"]),
        office=_text(data["office"]),
        period=read_period(_text(data["period"])).code,
        figures={code: _figure(given.get(code, {"value": None})) for code in BY_CODE},
        sectors=[_share(sector) for sector in data["sectors"]],
        scales=[_share(scale) for scale in data["scales"]],
        event_kinds=_counts(data["event_kinds"], "kind"),
        funding=_counts(data["funding"], "source"),
    )


def _figure(given: Mapping[str, Any]) -> Figure:
    return Figure(_number(given["value"]), _count(given.get("missing")))


def _share(given: Mapping[str, Any]) -> Share:
    names = {_text(code): _text(name) for code, name in given.get("names", {}).items()}
    return Share(None if given["code"] is None else _text(given["code"]), names, _count(given["businesses"]))


def _counts(given: Iterable[Mapping[str, Any]], name: str) -> list[tuple[str, int | None]]:
    return [(_text(item[name]), _count(item["events"])) for item in given]


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 300:
        raise TypeError
    return value


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 10**30:
        raise TypeError
    return value


def _count(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise TypeError
    return value
