"""What can be taken home: tables for a spreadsheet, a page for the council, open data."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.dashboard import council, exports, figures, telling, weeks
from bot.dashboard.figures import Bar
from bot.dashboard.pages import splits, topics
from bot.dashboard.pages import unmet as unmet_page
from bot.dashboard.site import Visit
from bot.signals import package, reading
from bot.signals.reading import Release
from bot.words.catalogue import END_OF_ISOLATE, ISOLATE

# Of the one-way tables, and those of one topic that go with them.
TABLES = ("route", "language", "district", "outcome", "audience")
LICENCE = next(iter(package.LICENCES))
MOST_WEEKS = 53
_BARE = str.maketrans("", "", ISOLATE + END_OF_ISOLATE)


def topic(visit: Visit) -> Response:
    """Return the weeks of one topic as CSV."""
    released = weeks.released(visit)
    if not released:
        raise HTTPException(404)
    route, series = topics.asked_for(visit, splits.topics(visit, released[0]))
    points = figures.points(series)
    content = exports.weeks(points, visit.language, invented=weeks.is_invented(visit))
    return _file(content, f"{visit.city}-{route}.csv", "text/csv; charset=utf-8")


def week(visit: Visit) -> Response:
    """Return one table of one week as CSV: of all topics, or of one."""
    released = weeks.released(visit)
    dimension = visit.query.get("by", "")
    if not released or dimension not in TABLES:
        raise HTTPException(404)
    release = weeks.chosen(visit, released)
    asked = visit.query.get("topic", "")
    route = asked if asked in splits.topics(visit, release) and dimension != "route" else ""
    if route:
        # Who asked is not split by topic.
        if not (cells := splits.of_topic(visit, release, f"topic_{dimension}", route)):
            raise HTTPException(404)
    else:
        name = "topic" if dimension == "route" else dimension
        cells = reading.table(visit.engine, release.id, name)
    names = {cell.first: telling.name(visit, dimension, cell.first) for cell in cells}
    names = {value: name.translate(_BARE) for value, name in names.items()}
    rows = figures.bars(cells, names)
    content = exports.bars(rows, visit.language, invented=release.invented)
    parts = (visit.city, telling.week_code(release), dimension, route)
    name = "-".join(part for part in parts if part)
    return _file(content, f"{name}.csv", "text/csv; charset=utf-8")


def unmet(visit: Visit) -> Response:
    """Return what was asked for in a week and not found, as CSV: a line a topic and outcome."""
    released = weeks.released(visit)
    if not released:
        raise HTTPException(404)
    release = weeks.chosen(visit, released)
    rows = [row for outcome in unmet_page.OUTCOMES for row in _unmet(visit, release, outcome)]
    content = exports.bars(rows, visit.language, invented=release.invented)
    name = f"{visit.city}-{telling.week_code(release)}-unmet.csv"
    return _file(content, name, "text/csv; charset=utf-8")


def _unmet(visit: Visit, release: Release, outcome: str) -> list[Bar]:
    cells = reading.table(visit.engine, release.id, "topic_outcome")
    told = telling.name(visit, "outcome", outcome)
    names = {
        route: f"{name}: {told}".translate(_BARE)
        for route, name in telling.topic_names(visit, cells).items()
    }
    return figures.bars([cell for cell in cells if cell.second == outcome], names)


def council_page(visit: Visit) -> Response:
    """Return the page for the council about one week, as PDF."""
    # Letters and PDF take 60 MB, and most dashboards never make one.
    from bot.dashboard import council_pdf

    released = weeks.released(visit)
    if not released:
        raise HTTPException(404)
    release = weeks.chosen(visit, released)
    page = council.compose(visit.engine, visit.site.pack.city, release, visit.language)
    name = f"{visit.city}-{telling.week_code(release)}-{visit.language}.pdf"
    return _file(council_pdf.page(page), name, "application/pdf")


def open_data(visit: Visit) -> Response:
    """Return the releases of the last year as a data package; a command makes larger ones."""
    released = weeks.released(visit)
    if not released:
        raise HTTPException(404)
    city = visit.site.pack.city
    content = exports.open_data(visit.engine, city, released[:MOST_WEEKS], LICENCE)
    name = f"{visit.city}-{telling.week_code(released[0])}.zip"
    return _file(content, name, "application/zip")


def _file(content: bytes, name: str, kind: str) -> Response:
    # City, week, route and language are ids of ours: nothing in the name comes from an address.
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
