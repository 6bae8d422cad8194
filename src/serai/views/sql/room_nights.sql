-- The nights of a property from $3 to $4, each as it stood when its business date ended (rollover $5, zone $6): all of
-- them that have ended by $7. A night out of order is a room whose window held at that instant.
with night as (
    select ends.at
    from generate_series($3::date, $4::date, interval '1 day') as day (d),
        lateral (select ((day.d::date + 1) + $5::time) at time zone $6 as at) as ends
    where ends.at <= $7
)
select
    count(*)::int as nights,
    coalesce(sum((
        select count(*) from app.space s
        where s.tenant_id = $1 and s.property_id = $2 and s.kind = 'room' and s.created_at <= night.at
            and (s.archived_at is null or s.archived_at > night.at)
    )), 0)::int as rooms,
    coalesce(sum((
        select count(distinct w.space_id) from app."window" w
        where w.tenant_id = $1 and w.property_id = $2 and w.kind = 'out_of_order' and w.started_at <= night.at
            and (w.ended_at is null or w.ended_at > night.at) and w.room_number is not null
    )), 0)::int as out_of_order,
    coalesce(sum((
        select count(distinct w.space_id) from app."window" w
        where w.tenant_id = $1 and w.property_id = $2 and w.kind = 'out_of_inventory' and w.started_at <= night.at
            and (w.ended_at is null or w.ended_at > night.at) and w.room_number is not null
    )), 0)::int as out_of_inventory,
    coalesce(sum((
        select count(*) from app.stay y
        where y.tenant_id = $1 and y.property_id = $2 and y.state in ('checked_in', 'completed')
            and y.room_id is not null and y.arrival <= night.at and y.departure > night.at
    )), 0)::int as occupied
from night
