"""What HSDS 3.0 says: its tables, their fields, and how they nest in the JSON form.

Told in our own notation after https://docs.openreferral.org (HSDS 3.0, CC BY-SA 4.0), where the
meaning of every field stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

# A reference whose table stands in another field of the same row: the name of that field.
LINKS = {"link_id": "link_entity", "resource_id": "resource_type"}


@dataclass(frozen=True)
class Field:
    """A field of a table. `kind` is a key of values.KINDS.

    `refers_to` names the table (entity) whose ids it holds. A `loose` reference may point out of
    the data: the specification gives parents no foreign key, and excerpts do not hold them.
    """

    name: str
    kind: str
    required: bool
    refers_to: str | None
    loose: bool


@dataclass(frozen=True)
class Member:
    """A place in the JSON form of one table where rows of another stand.

    `many`: a list of rows whose field `reference` holds this row's id. Otherwise one object: the
    row whose id this row's field `reference` holds.
    """

    name: str
    entity: str
    reference: str
    many: bool


@dataclass(frozen=True)
class Table:
    """A table: `entity` is its name in the JSON form, `name` its file's name without .csv."""

    entity: str
    name: str
    fields: tuple[Field, ...]
    members: tuple[Member, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Return the fields by their names."""
        return {field.name: field for field in self.fields}

    @cached_property
    def member_names(self) -> frozenset[str]:
        """Return the names of all members, those that are only read, too."""
        named = (*self.members, *READ_ONLY.get(self.entity, ()))
        return frozenset(member.name for member in named)


def _field(note: str) -> Field:
    """Read `name:kind`, `name>table` or `name~table` (loose); an ! at the end: required."""
    found = re.fullmatch(r"(\w+)(?:([:>~])(\w+))?(!?)", note)
    assert found is not None, note
    name, sign, word, required = found.groups()
    target = word if sign in (">", "~") else None
    kind = "uuid" if target else word or "text"
    return Field(name, kind, bool(required), target, sign == "~")


def _member(note: str, entity: str) -> Member:
    """Read `name`, a list, or `name.field`, the object this field refers to."""
    name, _, reference = note.partition(".")
    link = {"attributes": "link_id", "metadata": "resource_id"}.get(name, f"{entity}_id")
    return Member(name, NESTED[name], reference or link, not reference)


def _table(head: str, fields: str, members: str = "") -> Table:
    entity, name = head.split()
    nested = [_member(note, entity) for note in members.split()]
    return Table(entity, name, tuple(map(_field, fields.split())), tuple(nested))


# The table that each member of the JSON form is of.
NESTED = {
    "organization": "organization",
    "program": "program",
    "location": "location",
    "taxonomy_term": "taxonomy_term",
    "taxonomy_detail": "taxonomy",
    "phones": "phone",
    "schedules": "schedule",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "languages": "language",
    "funding": "funding",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "contacts": "contact",
    "addresses": "address",
    "accessibility": "accessibility",
    "locations": "location",
    "programs": "program",
    "organization_identifiers": "organization_identifier",
    "attributes": "attribute",
    "metadata": "metadata",
}
# What documents of other roots hold besides: read, never written.
READ_ONLY = {
    "organization": (Member("services", "service", "organization_id", True),),
    "service_at_location": (Member("service", "service", "service_id", False),),
}

ALL = (
    _table(
        "organization organizations",
        "id:uuid! name! alternate_name description! email:email website:uri tax_status tax_id"
        " year_incorporated:number legal_status logo uri:uri parent_organization_id~organization",
        "funding contacts phones locations programs organization_identifiers attributes metadata",
    ),
    _table(
        # The specification marks organization_id as unique, yet gives an organization a list of
        # programs: several programs of one organization are no fault here.
        "program programs",
        "id:uuid! organization_id>organization! name! alternate_name description!",
        "attributes metadata",
    ),
    _table(
        "service services",
        "id:uuid! organization_id>organization! program_id>program name! alternate_name"
        " description url:uri email:email status:status! interpretation_services"
        " application_process fees_description wait_time fees accreditations"
        " eligibility_description minimum_age:age maximum_age:age assured_date:date"
        " assurer_email:email licenses alert last_modified:datetime",
        "phones schedules service_areas service_at_locations languages"
        " organization.organization_id funding cost_options program.program_id"
        " required_documents contacts attributes metadata",
    ),
    _table(
        "attribute attributes",
        "id:uuid! link_id:uuid! taxonomy_term_id>taxonomy_term! link_type link_entity! value",
        "taxonomy_term.taxonomy_term_id metadata",
    ),
    _table(
        "service_at_location service_at_location",
        "id:uuid! service_id>service! location_id>location! description",
        "contacts phones schedules location.location_id attributes metadata",
    ),
    _table(
        "location locations",
        "id:uuid! location_type:place! url:uri organization_id>organization name alternate_name"
        " description transportation latitude:latitude longitude:longitude external_identifier"
        " external_identifier_type",
        "languages addresses contacts accessibility phones schedules attributes metadata",
    ),
    _table(
        "phone phones",
        "id:uuid! location_id>location service_id>service organization_id>organization"
        " contact_id>contact service_at_location_id>service_at_location number!"
        " extension:number type description",
        "languages attributes metadata",
    ),
    _table(
        "contact contacts",
        "id:uuid! organization_id>organization service_id>service"
        " service_at_location_id>service_at_location location_id>location name title department"
        " email:email",
        "phones attributes metadata",
    ),
    _table(
        "address addresses",
        "id:uuid! location_id>location attention address_1! address_2 city! region"
        " state_province! postal_code! country:country! address_type:place!",
        "attributes metadata",
    ),
    _table(
        "schedule schedules",
        "id:uuid! service_id>service location_id>location"
        " service_at_location_id>service_at_location valid_from:date valid_to:date dtstart:date"
        " timezone:offset until:date count:count wkst:day freq:frequency interval:count"
        " byday:days byweekno:weeks bymonthday:monthdays byyearday:yeardays description"
        " opens_at:time closes_at:time schedule_link:uri attending_type notes",
        "attributes metadata",
    ),
    _table(
        "funding funding",
        "id:uuid! organization_id>organization service_id>service source",
        "attributes metadata",
    ),
    _table(
        "service_area service_areas",
        "id:uuid! service_id>service name description extent extent_type uri",
        "attributes metadata",
    ),
    _table(
        "required_document required_documents",
        "id:uuid! service_id>service document uri:uri",
        "attributes metadata",
    ),
    _table(
        "language languages",
        "id:uuid! service_id>service location_id>location phone_id>phone name code:language note",
        "attributes metadata",
    ),
    _table(
        "accessibility accessibility",
        "id:uuid! location_id>location description details url:uri",
        "attributes metadata",
    ),
    _table(
        "taxonomy_term taxonomy_terms",
        "id:uuid! code name! description! parent_id~taxonomy_term taxonomy language:language"
        " taxonomy_id>taxonomy term_uri:uri",
        "taxonomy_detail.taxonomy_id metadata",
    ),
    _table(
        "metadata metadata",
        "id:uuid! resource_id:uuid! resource_type! last_action_date:date! last_action_type!"
        " field_name! previous_value! replacement_value! updated_by!",
    ),
    _table(
        "meta_table_description meta_table_descriptions",
        "id:uuid! name language:language character_set",
        "attributes metadata",
    ),
    _table(
        "cost_option cost_options",
        "id:uuid! service_id>service! valid_from:date valid_to:date option currency:currency"
        " amount:number amount_description",
        "attributes metadata",
    ),
    _table(
        "organization_identifier organization_identifiers",
        "id:uuid! organization_id>organization! identifier_scheme identifier_type! identifier!",
        "attributes metadata",
    ),
    _table("taxonomy taxonomies", "id:uuid! name! description! uri:uri version", "metadata"),
)
BY_NAME: Mapping[str, Table] = {table.name: table for table in ALL}
BY_ENTITY: Mapping[str, Table] = {table.entity: table for table in ALL}

# Tables of HSDS 1 and 2 whose content 3.0 keeps elsewhere; and their singular names in 2.0.
OLDER = frozenset(
    f"{name}{ending}"
    for ending in ("", "s")
    for name in (
        *("services_at_location", "regular_schedule", "holiday_schedule", "eligibility"),
        *("physical_address", "postal_address", "payment_accepted", "service_attribute"),
        *("services_taxonomy", "service_taxonomy", "other_attribute"),
        *("accessibility_for_disabilities", "physical_addresse", "postal_addresse"),
        *("payments_accepted", "eligibilitie"),
    )
)


def table_called(name: str) -> Table | None:
    """Return the table whose file or entity is called so; None for another's table."""
    return BY_NAME.get(name) or BY_ENTITY.get(name)
