-- What goes on in a property now: work under way or late, and arrivals of the day ($3, $4) that are still awaited.
(
    select
        'task' as what, t.id, t.type, t.state, t.room_number as number, t.assignee_id, t.priority,
        t.due_at as planned, t.started_at as expected, t.delayed_at is not null as flag,
        null as occupancy, null as condition, null as service, null::int as repair
    from app.task t
    where t.tenant_id = $1 and t.property_id = $2 and t.state in ('pending', 'assigned', 'in_progress', 'paused')
        and (t.state in ('in_progress', 'paused') or t.delayed_at is not null)
    order by t.priority desc, t.id
    limit 200
)
union all
(
    select
        'arrival', s.id, s.room_type, s.state, r.number, null, null, s.arrival, s.eta, s.vip,
        r.occupancy, r.condition, r.service, r.repair_required
    from app.stay s
    left join app.space r on r.tenant_id = $1 and r.id = s.room_id
    where s.tenant_id = $1 and s.property_id = $2 and s.state = 'confirmed' and s.arrival >= $3 and s.arrival < $4
    order by coalesce(s.eta, s.arrival), s.id
    limit 200
)
