-- The rooms of a property with their stay, the day's next arrival and open tasks: a room comes once for each task.
-- $3 and $4 are the bounds of the business date.
select
    r.id, r.number, r.version, r.room_type, r.floor, r.section,
    r.occupancy, r.condition, r.service, r.guest_service, r.repair_required, r.queue,
    s.state as stay_state, s.departure, s.etd, s.vip, s.adults, s.children,
    a.arrival, a.eta, a.vip as arrival_vip, a.adults as arrival_adults, a.children as arrival_children,
    t.id as task_id, t.type as task_type, t.state as task_state, t.assignee_id, t.priority, t.due_at,
    t.delayed_at is not null as delayed
from app.space r
left join app.stay s on s.tenant_id = $1 and s.id = r.stay_id
left join (
    select distinct on (n.room_id) n.room_id, n.arrival, n.eta, n.vip, n.adults, n.children
    from app.stay n
    where n.tenant_id = $1 and n.property_id = $2 and n.state = 'confirmed' and n.room_id is not null
        and n.arrival >= $3 and n.arrival < $4
    order by n.room_id, n.arrival, n.id
) a on a.room_id = r.id
left join app.task t on t.tenant_id = $1 and t.property_id = $2 and t.space_id = r.id
    and t.state in ('pending', 'assigned', 'in_progress', 'paused')
where r.tenant_id = $1 and r.property_id = $2 and r.kind = 'room' and r.archived_at is null
order by r.sort_key, r.id, t.priority desc, t.id
