-- The only writer of a room's status: the columns and the line of history, in one go.
-- Owned by serai_status, which owns no table and has no BYPASSRLS, so that the policies hold inside it.
-- No row comes back when the room's version is another by now.

grant select on app.space to serai_status;
grant update (
    occupancy, condition, service, guest_service, repair_required, stay_id, queue,
    cleaned_at, inspected_at, status_changed_at, version
) on app.space to serai_status;
grant insert on app.room_status_event to serai_status;

create function app.set_room_status(
    p_tenant uuid, p_room uuid, p_version int, p_next int,
    p_occupancy text, p_condition text, p_service text, p_guest_service text, p_repair int, p_stay uuid, p_queue boolean,
    p_cleaned timestamptz, p_inspected timestamptz, p_at timestamptz,
    p_event uuid, p_from text, p_to text, p_source text,
    p_actor_kind text, p_actor uuid, p_actor_name text, p_note text, p_reason text
) returns setof uuid language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    was app.space;
    became app.space;
begin
    select * into was from app.space s
        where s.tenant_id = p_tenant and s.id = p_room and s.kind = 'room' and s.version = p_version for update;
    if not found then
        return;
    end if;
    if p_next <= p_version then
        raise check_violation using message = 'the version of a room rises with its status';
    end if;
    update app.space s set
        occupancy = p_occupancy, condition = p_condition, service = p_service, guest_service = p_guest_service,
        repair_required = p_repair, stay_id = p_stay, queue = p_queue,
        cleaned_at = p_cleaned, inspected_at = p_inspected, status_changed_at = p_at, version = p_next
        where s.tenant_id = p_tenant and s.id = p_room
        returning s.* into became;
    insert into app.room_status_event (
        tenant_id, id, property_id, room_id, at, from_status, to_status, before, after, version,
        source, actor_kind, actor_id, actor_name, note, reason
    ) values (
        p_tenant, p_event, was.property_id, p_room, p_at, p_from, p_to,
        jsonb_build_object('occupancy', was.occupancy, 'condition', was.condition, 'service', was.service,
            'guest_service', was.guest_service, 'repair_required', was.repair_required, 'stay_id', was.stay_id,
            'queue', was.queue),
        jsonb_build_object('occupancy', became.occupancy, 'condition', became.condition, 'service', became.service,
            'guest_service', became.guest_service, 'repair_required', became.repair_required, 'stay_id', became.stay_id,
            'queue', became.queue),
        p_next, p_source, p_actor_kind, p_actor, p_actor_name, p_note, p_reason
    );
    return next p_room;
end$$;

grant create on schema app to serai_status;
alter function app.set_room_status owner to serai_status;
revoke create on schema app from serai_status;
revoke all on function app.set_room_status from public;
grant execute on function app.set_room_status to serai_app;
