-- The live work orders of a property, by state and severity, and how many of them are late.
select
    o.state, o.severity, count(*)::int as n,
    count(*) filter (where o.respond_breached_at is not null or o.resolve_breached_at is not null)::int as late,
    min(o.reported_at) as oldest
from app.work_order o
where o.tenant_id = $1 and o.property_id = $2 and o.state in ('open', 'assigned', 'in_progress', 'blocked')
group by o.state, o.severity
