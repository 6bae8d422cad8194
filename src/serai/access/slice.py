"""The access as the house sees it: tenants, properties, people, keys, audit."""

from __future__ import annotations

from serai.access import audit
from serai.access.connections import api as connections_api
from serai.access.connections import events as connections_events
from serai.access.identity import api as identity_api
from serai.access.identity import events as identity_events
from serai.access.identity import proving_api, staff_api
from serai.access.phones import api as phones_api
from serai.access.phones import events as phones_events
from serai.access.providers import api as providers_api
from serai.access.providers import events as providers_events
from serai.access.tenancy import api as tenancy_api
from serai.access.tenancy import events as tenancy_events
from serai.runtime.slice import Permission, Slice

_EVERYBODY = (
    "super_admin",
    "housekeeping_supervisor",
    "housekeeper",
    "front_desk",
    "maintenance_supervisor",
    "technician",
    "integration",
    "viewer",
)
_LEADS = ("super_admin", "housekeeping_supervisor", "maintenance_supervisor", "front_desk")

slice = Slice(  # the word of the plan
    name="access",
    summary="Tenants, properties and their policies, people, roles and permissions, tokens, audit.",
    routers=(
        identity_api.router,
        proving_api.router,
        phones_api.router,
        staff_api.router,
        tenancy_api.router,
        connections_api.router,
        providers_api.router,
        audit.router,
    ),
    events=(
        *tenancy_events.ALL,
        *identity_events.ALL,
        *connections_events.ALL,
        *phones_events.ALL,
        *providers_events.ALL,
    ),
    permissions=(
        Permission("tenant.manage", "Enter any company, for the platform's own staff", ("super_admin",)),
        Permission("property.read", "See properties and oneself", _EVERYBODY),
        Permission("property.manage", "Open and change properties"),
        Permission("settings.manage", "Change a property's policies"),
        Permission("people.read", "See the names of those who work here", _EVERYBODY),
        Permission("staff.read", "See the staff", _LEADS),
        Permission("staff.manage", "Take people on, let them go, give roles", ("super_admin",)),
        Permission("key.manage", "Make and revoke keys for programs"),
        Permission("connection.read", "See which queues and channels bring events", ("super_admin",)),
        Permission("connection.manage", "Bind queues and channels, for the platform's own staff", ("super_admin",)),
        Permission("provider.manage", "Name identity providers, for the platform's own staff", ("super_admin",)),
        Permission("phone.read", "See enrolled phones", _LEADS),
        Permission("phone.manage", "Enrol and revoke phones", ("housekeeping_supervisor", "maintenance_supervisor")),
        Permission("audit.read", "Read the audit log", ("super_admin",)),
    ),
    tables=(
        "tenant",
        "property",
        "staff",
        "role_grant",
        "credential",
        "second_factor",
        "invitation",
        "phone",
        "pin",
        "pin_try",
        "phone_session",
        "session",
        "refresh_token",
        "api_key",
        "connection",
        "identity_provider",
        "identity_link",
    ),
)
