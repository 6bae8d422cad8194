-- How the work orders of a property went that were reported in [$3, $4), by trade, severity, and the business date on
-- which they were reported: 1 is the first; $5 are the instants at which each begins. A promise that still runs is
-- neither kept nor broken.
select
    o.category, o.severity, width_bucket(o.reported_at, $5::timestamptz[]) as day,
    count(*)::int as made,
    count(*) filter (where o.state in ('open', 'assigned', 'in_progress', 'blocked'))::int as live,
    count(*) filter (where o.resolved_at is not null)::int as resolved,
    count(*) filter (where o.state = 'verified')::int as verified,
    count(*) filter (where o.state = 'cancelled')::int as cancelled,
    count(*) filter (where o.reopened > 0)::int as reopened,
    count(*) filter (where o.state <> 'cancelled' and o.terms ->> 'respond_minutes' is not null
        and o.responded_at is not null and o.respond_breached_at is null)::int as respond_kept,
    count(*) filter (where o.state <> 'cancelled' and o.respond_breached_at is not null)::int as respond_broken,
    count(*) filter (where o.state <> 'cancelled' and o.terms ->> 'resolve_minutes' is not null
        and o.resolved_at is not null and o.resolve_breached_at is null)::int as resolve_kept,
    count(*) filter (where o.state <> 'cancelled' and o.resolve_breached_at is not null)::int as resolve_broken,
    count(*) filter (where o.responded_at is not null)::int as responded,
    coalesce(sum(extract(epoch from o.responded_at - o.reported_at)), 0)::float / 60 as minutes_to_respond,
    coalesce(sum(extract(epoch from o.resolved_at - o.reported_at)), 0)::float / 60 as minutes_to_resolve,
    coalesce(sum(o.labour_minutes), 0)::int as labour_minutes
from app.work_order o
where o.tenant_id = $1 and o.property_id = $2 and o.reported_at >= $3 and o.reported_at < $4
group by o.category, o.severity, day
