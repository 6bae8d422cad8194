-- How the tasks of a property went that were made in [$3, $4), by type, by who did them, and by the business date on
-- which they were made: 1 is the first; $5 are the instants at which each begins.
select
    t.type, t.completed_by as staff_id, width_bucket(t.created_at, $5::timestamptz[]) as day,
    count(*)::int as made,
    count(*) filter (where t.state in ('pending', 'assigned', 'in_progress', 'paused'))::int as open,
    count(*) filter (where t.completed_at is not null)::int as completed,
    count(*) filter (where t.state = 'verified')::int as verified,
    count(*) filter (where t.state = 'rejected')::int as rejected,
    count(*) filter (where t.state = 'cancelled')::int as cancelled,
    count(*) filter (where t.state = 'refused')::int as refused,
    count(*) filter (where t.delayed_at is not null)::int as delayed,
    count(*) filter (where t.completed_at is not null and t.due_at is not null)::int as promised,
    count(*) filter (where t.completed_at <= t.due_at)::int as on_time,
    coalesce(sum(t.credits) filter (where t.completed_at is not null), 0)::float as credits,
    coalesce(sum(t.minutes) filter (where t.completed_at is not null), 0)::int as minutes_expected,
    coalesce(sum(extract(epoch from t.completed_at - t.started_at) - t.paused_seconds)
        filter (where t.completed_at is not null and t.started_at is not null), 0)::float / 60 as minutes_worked,
    coalesce(sum(extract(epoch from t.started_at - t.opened_at))
        filter (where t.started_at is not null), 0)::float / 60 as minutes_waited,
    count(*) filter (where t.started_at is not null)::int as started
from app.task t
where t.tenant_id = $1 and t.property_id = $2 and t.created_at >= $3 and t.created_at < $4
group by t.type, t.completed_by, day
