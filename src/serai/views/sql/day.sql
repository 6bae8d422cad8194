-- The properties that a view is asked for, with what tells their business date and where their streams stand.
select p.id, p.code, p.name, p.zone, p.rollover, s.epoch, s.head
from app.property p
join app.stream s on s.tenant_id = $1 and s.stream = p.id
where p.tenant_id = $1 and ($2::uuid[] is null or p.id = any($2)) and ($3::uuid is null or p.id = $3)
order by p.code, p.id
limit 1000
