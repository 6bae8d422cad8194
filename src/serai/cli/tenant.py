"""`serai tenant create` and `serai user create`: the first people of a company."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from serai.access.identity import service as identity
from serai.access.identity.service import CreateStaff, Role, RoleGrant, generated
from serai.access.tenancy import service as tenancy
from serai.access.tenancy.service import CreateTenant
from serai.cli.place import opened
from serai.kernel.actor import system
from serai.kernel.errors import NotFound
from serai.kernel.ids import encode
from serai.runtime.settings import Settings
from serai.runtime.work import House

tenants = typer.Typer(no_args_is_help=True)
users = typer.Typer(no_args_is_help=True)
console = Console(stderr=True)


@tenants.callback()
def _companies() -> None:
    """Companies: create one."""


@users.callback()
def _people() -> None:
    """People: create one."""


@tenants.command("create")
def create_tenant(
    code: Annotated[str, typer.Argument(help="Small letters, digits, hyphens: said at sign-in when asked which.")],
    name: Annotated[str, typer.Option(help="The company's name.")],
    *,
    platform: Annotated[
        bool, typer.Option("--platform", help="The platform's own: its staff may be super_admin.")
    ] = False,
) -> None:
    """Take on a hotel company; a code that is taken is refused. Prints its id."""
    tenant = asyncio.run(_create_tenant(CreateTenant(code.lower(), name, platform)))
    typer.echo(encode("ten", tenant.id))
    role = Role.SUPER_ADMIN if platform else Role.EXECUTIVE_ADMIN
    console.print(f"Next: [bold]serai user create LOGIN --tenant {tenant.code} --role {role}[/]")


@users.command("create")
def create_user(
    login: Annotated[str, typer.Argument(help="Login or e-mail address.")],
    tenant: Annotated[str, typer.Option(help="The company's code.")],
    role: Annotated[Role, typer.Option(help="What the person may do.")],
    property_code: Annotated[str | None, typer.Option("--property", help="Where; without it, in all hotels.")] = None,
    name: Annotated[str | None, typer.Option(help="The person's name; else the login.")] = None,
    email: Annotated[str | None, typer.Option(help="Another address to sign in with.")] = None,
    *,
    generate: Annotated[bool, typer.Option("--generate", help="Make a password and print it once.")] = False,
) -> None:
    """Take a person on. Asks for a password of 12 characters or more, or makes one. Prints the person's id."""
    password = generated() if generate else typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    cmd = CreateStaff(name or login, login, email, password=password)
    staff = asyncio.run(_create_user(tenant.lower(), property_code, role, cmd))
    typer.echo(encode("stf", staff.id))
    if generate:
        console.print("The password, shown this once:", highlight=False)
        typer.echo(password)


async def _create_tenant(cmd: CreateTenant) -> tenancy.Tenant:
    async with opened(Settings()) as house:
        return await tenancy.create_tenant(house, cmd)


async def _create_user(tenant: str, property_code: str | None, role: Role, cmd: CreateStaff) -> identity.Staff:
    async with opened(Settings()) as house:
        return await employ(house, tenant, property_code, role, cmd)


async def employ(house: House, tenant: str, property_code: str | None, role: Role, cmd: CreateStaff) -> identity.Staff:
    """Take a person on in a company, in one of its hotels or in all; codes that are not known are refused."""
    found = await tenancy.find_tenant(house, tenant)
    if found is None:
        raise NotFound(f"There is no company with the code {tenant}; `serai tenant create` makes one.")
    actor = system(found.tenant_id, "user create")
    property_id = None
    if property_code is not None:
        try:
            hotel = await house.read(actor, lambda tx: tenancy.property_by_code(tx, found.tenant_id, property_code))
        except NotFound:
            raise NotFound(f"{tenant} has no hotel with the code {property_code}.") from None
        property_id = hotel.id
    grant = RoleGrant(role, property_id)
    cmd = CreateStaff(cmd.name, cmd.login, cmd.email, (grant,), cmd.password)
    return await house.do(actor, lambda work: identity.create_staff(work, cmd))
