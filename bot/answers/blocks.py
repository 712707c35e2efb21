"""The paragraphs about one service: what a person needs to use it, and the details on request."""

from __future__ import annotations

from urllib.parse import quote

from bot import routes
from bot.answers import card, phones
from bot.answers.here import Here
from bot.directory import districts, freshness, hours
from bot.directory.model import Opening, Phone, Place, Service
from bot.words import cldr, telegram, texts
from bot.words.catalogue import Words

MONDAY_TO_SUNDAY = range(7)
# A map that asks nobody who they are; five decimals are about a metre.
MAP_SEARCH = "https://www.openstreetmap.org/search?query={address}"
MAP = (
    "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
)


def heading(words: Words, service: Service) -> str:
    """Return the line that names a service."""
    return words.isolated(service.name_in(words.language))


def summary(words: Words, service: Service, route: str, here: Here) -> str:
    """Return a service in short: name, what it does, and how to reach it.

    For a reporting route it also says who receives what is said, before anybody reports.
    """
    reporting = routes.get(route).group == "reporting"
    lines = [
        heading(words, service),
        service.description.in_language(words.language),
        *(card.in_short(words, service) if reporting else ()),
        *phone_lines(words, service, here),
        *_nearest_lines(words, service, here),
        *_hours_lines(words, service, here),
        *(() if reporting else (card.languages(words, service),)),
        *_interpreter_lines(words, service),
        _cost_line(words, service),
        *_link_lines(words, service),
        *_not_confirmed_lines(words, service, here),
    ]
    return "\n".join(lines)


def where_and_when(words: Words, service: Service, here: Here) -> str:
    """Return where a service is, when it is open, for whom, and where these facts come from."""
    lines = [
        heading(words, service),
        *_place_lines(words, service, here),
        *phone_lines(words, service, here),
        *_hours_lines(words, service, here),
        *_audience_lines(words, service),
        *_coming_lines(words, service),
        *_link_lines(words, service),
        words.say(
            texts.CHECKED, date=cldr.date(service.checked_on, words.language), url=service.source
        ),
        *_source_year_lines(words, service),
    ]
    return "\n".join(lines)


def what_happens(words: Words, service: Service, route: str) -> str:
    """Return what happens at a service with what a person says there, who came by this route."""
    urgent = routes.get(route).urgent
    return "\n".join([heading(words, service), *card.lines(words, service, urgent)])


def phone_lines(
    words: Words, service: Service, here: Here, kinds: tuple[str, ...] = ("voice", "sms")
) -> list[str]:
    """Return a line for each number of these kinds: "voice" is answered by voice, "sms" read."""
    return [_phone_line(words, phone, here) for phone in service.phones if phone.kind in kinds]


def _place_lines(words: Words, service: Service, here: Here) -> list[str]:
    """Return where a service is, the nearest place first, and how one gets in."""
    if service.address_is_secret:
        return [words.say(texts.ADDRESS_SECRET)]
    if not service.address:
        return [words.say(texts.ADDRESS_UNKNOWN)]
    places = districts.nearest_first(service, here.asked.near)
    return [
        line
        for place in places
        if place.address
        for line in (
            words.say(texts.ADDRESS, address=_address(place, len(places) > 1)),
            *_map_lines(words, place),
            *_distance_lines(words, place, here),
            _step_free_line(words, place),
        )
    ]


def _address(place: Place, is_one_of_several: bool) -> str:
    return f"{place.name}, {place.address}" if is_one_of_several else str(place.address)


def _map_lines(words: Words, place: Place) -> list[str]:
    return [words.say(telegram.MAP, url=map_of(place))] if place.address else []


def map_of(place: Place) -> str:
    """Return the address of a map: with a pin on the place's own point, else a search for it.

    The middle of its district would lead people to a wrong door.
    """
    if place.point and place.is_exact:
        latitude, longitude = (f"{degrees:.5f}" for degrees in place.point)
        return MAP.format(latitude=latitude, longitude=longitude)
    return MAP_SEARCH.format(address=quote(str(place.address), safe=""))


def _nearest_lines(words: Words, service: Service, here: Here) -> list[str]:
    places = districts.nearest_first(service, here.asked.near)
    return _distance_lines(words, places[0], here) if places else []


def _distance_lines(words: Words, place: Place, here: Here) -> list[str]:
    near = here.asked.near
    away = districts.from_here(place, near)
    if near is None or away is None:
        return []
    name = words.isolated(near.name_in(words.language))
    if place.district == near.id:
        return [words.say(texts.IN_DISTRICT, district=name)]
    distance = cldr.distance(away, here.city.country, words.language)
    return [words.say(texts.DISTANCE, distance=distance, district=name)]


def _step_free_line(words: Words, place: Place) -> str:
    if place.step_free:
        return words.say(texts.STEP_FREE, access=place.step_free.in_language(words.language))
    return words.say(texts.STEP_FREE_UNKNOWN)


def _interpreter_lines(words: Words, service: Service) -> list[str]:
    if not service.interpreters:
        return []
    interpreters = service.interpreters.in_language(words.language)
    return [words.say(texts.INTERPRETERS, interpreters=interpreters)]


def _coming_lines(words: Words, service: Service) -> list[str]:
    """Return how to come and what to bring."""
    lines = []
    if service.how_to_come:
        how = service.how_to_come.in_language(words.language)
        lines.append(words.say(texts.HOW_TO_COME, how=how))
    if service.to_bring:
        named = [document.in_language(words.language) for document in service.to_bring]
        lines.append(words.say(texts.TO_BRING, documents=cldr.listing(named, words.language)))
    return lines


def _not_confirmed_lines(words: Words, service: Service, here: Here) -> list[str]:
    if freshness.is_fresh(service, here.asked.now.date()):
        return []
    since = cldr.date(service.checked_on, words.language)
    return [words.say(texts.NOT_CONFIRMED, date=since)]


def _phone_line(words: Words, phone: Phone, here: Here) -> str:
    number = phones.to_call(phone.number, here.city.country)
    if phone.note:
        note = phone.note.in_language(words.language)
        return words.say(texts.PHONE_NOTE, number=number, note=note)
    form = texts.PHONE_TEXT if phone.kind == "sms" else texts.PHONE
    return words.say(form, number=number)


def _link_lines(words: Words, service: Service) -> list[str]:
    lines = [
        (texts.CHAT, {"url": service.chat}),
        (texts.EMAIL, {"address": service.email}),
        (texts.WEBSITE, {"url": service.website}),
    ]
    return [words.say(text, **values) for text, values in lines if all(values.values())]


def _source_year_lines(words: Words, service: Service) -> list[str]:
    year = service.source_year
    is_old = year is not None and year < service.checked_on.year - 1
    return [words.say(texts.SOURCE_YEAR, year=year)] if is_old else []


def _audience_lines(words: Words, service: Service) -> list[str]:
    if not service.audience:
        return []
    return [words.say(texts.AUDIENCE, audience=service.audience.in_language(words.language))]


def _cost_line(words: Words, service: Service) -> str:
    if not service.cost:
        return words.say(texts.COST_UNKNOWN)
    return words.say(texts.COST, cost=service.cost.in_language(words.language))


def _hours_lines(words: Words, service: Service, here: Here) -> list[str]:
    notes = [note.in_language(words.language) for note in service.hours_notes]
    if service.always_open:
        return [words.say(texts.HOURS_ALWAYS), *notes]
    today = here.asked.now.date()
    spans = [_span(words, one) for one in service.openings if hours.in_season(one, today)]
    if spans:
        week = words.say(texts.HOURS, hours=cldr.listing(spans, words.language))
        return [week, *notes, *_state_lines(words, service, here)]
    if notes:
        return [words.say(texts.HOURS, hours=" ".join(notes))]
    return [words.say(texts.HOURS_UNKNOWN)]


def _span(words: Words, opening: Opening) -> str:
    first, last = (cldr.time(time, words.language) for time in (opening.opens, opening.closes))
    times = words.say(texts.SPAN, first=first, last=last)
    named = words.say(texts.HOURS_OF_DAYS, days=_days(words, opening.days), times=times)
    if not opening.weeks_of_month:
        return named
    weeks = [words.say(texts.WEEK_OF_MONTH[week]) for week in sorted(opening.weeks_of_month)]
    return words.say(texts.MONTHLY, hours=named, weeks=cldr.listing(weeks, words.language))


def _days(words: Words, days: frozenset[int]) -> str:
    runs: list[list[int]] = []
    for day in (day for day in MONDAY_TO_SUNDAY if day in days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return cldr.listing([name for run in runs for name in _run_names(words, run)], words.language)


def _run_names(words: Words, run: list[int]) -> list[str]:
    names = [cldr.day_name(day, words.language) for day in run]
    if len(names) < 3:
        return names
    return [words.say(texts.SPAN, first=names[0], last=names[-1])]


def _state_lines(words: Words, service: Service, here: Here) -> list[str]:
    """Return whether a service is open now, or that a holiday makes it uncertain."""
    now = here.asked.now
    if hours.is_holiday(here.city, now.date()):
        return [words.say(texts.HOLIDAY)]
    moment = hours.at(service, here.city, now)
    if not moment or not moment.changes_at:
        return []
    time = cldr.time(moment.changes_at.time(), words.language)
    if moment.open:
        return [words.say(texts.OPEN_NOW, time=time)]
    if (moment.changes_at.date() - now.date()).days >= hours.WEEK:
        return [words.say(texts.OPENS_LATER, date=cldr.date(moment.changes_at, words.language))]
    day = cldr.day_name(moment.changes_at.weekday(), words.language)
    return [words.say(texts.CLOSED_NOW, day=day, time=time)]
