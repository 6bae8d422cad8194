-- The assets of a property with most work orders reported in [$3, $4): ten of them.
select a.id, a.name, a.kind, a.health_index, count(*)::int as orders, sum(o.labour_minutes)::int as labour_minutes
from app.work_order o
join app.asset a on a.tenant_id = $1 and a.id = o.asset_id
where o.tenant_id = $1 and o.property_id = $2 and o.reported_at >= $3 and o.reported_at < $4
    and o.state <> 'cancelled'
group by a.id, a.name, a.kind, a.health_index
order by count(*) desc, a.name, a.id
limit 10
