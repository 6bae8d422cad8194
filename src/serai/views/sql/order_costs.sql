-- What repairs of a property cost on the business dates from $3 to $4, by kind, trade, asset and currency.
select c.kind, c.category, c.asset_id, a.name as asset_name, c.currency, sum(c.amount) as amount, count(*)::int as lines
from app.cost_line c
left join app.asset a on a.tenant_id = $1 and a.id = c.asset_id
where c.tenant_id = $1 and c.property_id = $2 and c.day >= $3 and c.day <= $4 and c.struck_at is null
group by c.kind, c.category, c.asset_id, a.name, c.currency
