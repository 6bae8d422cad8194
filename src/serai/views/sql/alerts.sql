-- What somebody must look at in a property: $3 now, $4 the instant until which an arrival is near.
(
    select
        'task_delayed' as kind, case when t.priority >= 75 then 'critical' else 'warning' end as severity,
        t.id, t.room_number as number, t.type as what, t.delay_reason as detail, t.delayed_at as since, 1 as n
    from app.task t
    where t.tenant_id = $1 and t.property_id = $2 and t.delayed_at is not null
        and t.state in ('pending', 'assigned', 'in_progress', 'paused')
    order by t.priority desc, t.id
    limit 100
)
union all
(
    select
        'arrival_without_room', 'critical', s.id, null, s.room_type, s.booking_reference,
        coalesce(s.eta, s.arrival), 1
    from app.stay s
    where s.tenant_id = $1 and s.property_id = $2 and s.state = 'confirmed' and s.room_id is null
        and coalesce(s.eta, s.arrival) <= $4 and s.departure > $3
    order by coalesce(s.eta, s.arrival), s.id
    limit 100
)
union all
(
    select
        'arrival_room_not_ready', case when coalesce(s.eta, s.arrival) <= $3 then 'critical' else 'warning' end,
        s.id, r.number, r.condition, s.booking_reference, coalesce(s.eta, s.arrival), 1
    from app.stay s
    join app.space r on r.tenant_id = $1 and r.id = s.room_id
    where s.tenant_id = $1 and s.property_id = $2 and s.state = 'confirmed'
        and coalesce(s.eta, s.arrival) <= $4 and s.departure > $3
        and not (r.occupancy = 'vacant' and r.service = 'in_service' and r.repair_required = 0
            and r.condition = any($5))
    order by coalesce(s.eta, s.arrival), s.id
    limit 100
)
union all
(
    select 'discrepancy', 'warning', d.id, r.number, d.kind, d.note, d.found_at, 1
    from app.discrepancy d
    join app.space r on r.tenant_id = $1 and r.id = d.room_id
    where d.tenant_id = $1 and d.property_id = $2 and d.state = 'open'
    order by d.found_at, d.id
    limit 100
)
union all
(
    select
        'order_late', case when o.severity in ('high', 'critical') then 'critical' else 'warning' end,
        o.id, o.room_number, o.category, o.title, coalesce(o.resolve_breached_at, o.respond_breached_at), 1
    from app.work_order o
    where o.tenant_id = $1 and o.property_id = $2 and o.state in ('open', 'assigned', 'in_progress', 'blocked')
        and (o.resolve_breached_at is not null or (o.respond_breached_at is not null and o.responded_at is null))
    order by o.severity, o.reported_at, o.id
    limit 100
)
union all
(
    select 'part_low', 'warning', p.id, null, p.name, p.part_number, p.low_since, 1
    from app.part p
    where p.tenant_id = $1 and p.property_id = $2 and p.low_since is not null and p.active
    order by p.low_since, p.id
    limit 100
)
union all
select 'message_parked', 'critical', null, null, i.type, max(i.error), min(i.received_at), count(*)::int
from app.inbox i
where i.tenant_id = $1 and i.property_id = $2 and i.status in ('parked', 'waiting')
group by i.type
union all
select 'reaction_parked', 'critical', null, null, l.reader, max(l.error), min(l.at), count(*)::int
from app.dead_letter l
where l.tenant_id = $1 and l.stream = $2 and l.replayed_at is null
group by l.reader
