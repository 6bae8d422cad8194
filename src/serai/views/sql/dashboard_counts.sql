-- What a dashboard counts, each line a group of one property. $2 to $4: the properties and the bounds of their days.
with d as (
    select * from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as one(property_id, opens, closes)
)
select
    d.property_id, 'room' as what, null as state, null as type, null::uuid as staff_id, null::boolean as flag,
    r.occupancy, r.condition, r.service, sign(r.repair_required)::int as repair, count(*)::int as n, 0 as minutes
from d
join app.space r on r.tenant_id = $1 and r.property_id = d.property_id and r.kind = 'room' and r.archived_at is null
group by d.property_id, r.occupancy, r.condition, r.service, sign(r.repair_required)
union all
select
    d.property_id, 'arrival', s.state, null, null, r.id is not null,
    r.occupancy, r.condition, r.service, sign(r.repair_required)::int, count(*)::int, 0
from d
join app.stay s on s.tenant_id = $1 and s.property_id = d.property_id and s.arrival >= d.opens and s.arrival < d.closes
    and s.state in ('confirmed', 'checked_in', 'completed')
left join app.space r on r.tenant_id = $1 and r.id = s.room_id
group by d.property_id, s.state, r.id is not null, r.occupancy, r.condition, r.service, sign(r.repair_required)
union all
select d.property_id, 'in_house', null, null, null, s.departure < d.closes, null, null, null, null, count(*)::int, 0
from d
join app.space r on r.tenant_id = $1 and r.property_id = d.property_id and r.kind = 'room' and r.stay_id is not null
join app.stay s on s.tenant_id = $1 and s.id = r.stay_id and s.state = 'checked_in'
group by d.property_id, s.departure < d.closes
union all
select d.property_id, 'departed', null, null, null, null, null, null, null, null, count(*)::int, 0
from d
join app.stay s on s.tenant_id = $1 and s.property_id = d.property_id
    and s.departure >= d.opens and s.departure < d.closes and s.state = 'completed'
group by d.property_id
union all
select
    d.property_id, 'open', t.state, t.type, t.assignee_id, t.delayed_at is not null,
    null, null, null, null, count(*)::int, sum(t.minutes)::int
from d
join app.task t on t.tenant_id = $1 and t.property_id = d.property_id
    and t.state in ('pending', 'assigned', 'in_progress', 'paused')
group by d.property_id, t.state, t.type, t.assignee_id, t.delayed_at is not null
union all
select
    d.property_id, 'done', t.state, t.type, t.completed_by, t.delayed_at is not null,
    null, null, null, null, count(*)::int, sum(t.minutes)::int
from d
join app.task t on t.tenant_id = $1 and t.property_id = d.property_id
    and t.completed_at >= d.opens and t.completed_at < d.closes
group by d.property_id, t.state, t.type, t.completed_by, t.delayed_at is not null
