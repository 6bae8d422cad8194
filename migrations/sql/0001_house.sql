create function app.enter_tenant(tenant uuid) returns void language plpgsql as
$$begin execute format('set local app.tenant_id = %L', tenant); end$$;
create function app.current_tenant() returns uuid language sql stable as
$$select nullif(current_setting('app.tenant_id', true), '')::uuid$$;
grant execute on function app.enter_tenant(uuid), app.current_tenant() to serai_app, serai_relay, serai_status;

CREATE TABLE app.api_key (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	name TEXT NOT NULL, 
	prefix TEXT NOT NULL, 
	hash BYTEA NOT NULL, 
	roles TEXT[] NOT NULL, 
	properties UUID[], 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	expires_at TIMESTAMP WITH TIME ZONE, 
	revoked_at TIMESTAMP WITH TIME ZONE, 
	version INTEGER NOT NULL, 
	CONSTRAINT api_key_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT api_key_hash UNIQUE (tenant_id, hash)
);

CREATE INDEX api_key_by_age ON app.api_key (tenant_id, created_at, id);

alter table app.api_key enable row level security;

alter table app.api_key force row level security;

create policy tenant on app.api_key using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.api_key to serai_owner using (true) with check (true);

grant select on app.api_key to serai_app;

grant insert on app.api_key to serai_app;

grant update (revoked_at, version) on app.api_key to serai_app;

CREATE TABLE app.asset (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	code TEXT, 
	parent_id UUID, 
	space_id UUID, 
	make TEXT, 
	model TEXT, 
	serial TEXT, 
	installed_on DATE, 
	serviced_on DATE, 
	warranty_until DATE, 
	replacement_cost NUMERIC(16, 4), 
	currency TEXT NOT NULL, 
	criticality TEXT NOT NULL, 
	attributes JSONB NOT NULL, 
	external_code TEXT, 
	note TEXT, 
	health_index INTEGER, 
	health_at TIMESTAMP WITH TIME ZONE, 
	health_reason TEXT, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT asset_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT asset_kind_known CHECK (kind in ('hvac_unit', 'generator', 'water_tank', 'lock_device', 'linen_set', 'furniture_lot', 'appliance', 'lift', 'boiler', 'it', 'other')), 
	CONSTRAINT asset_criticality_known CHECK (criticality in ('low', 'medium', 'high', 'critical')), 
	CONSTRAINT asset_health CHECK (health_index between 0 and 100)
);

CREATE INDEX asset_by_name ON app.asset (tenant_id, property_id, name, id);

CREATE UNIQUE INDEX asset_code ON app.asset (tenant_id, property_id, code) WHERE code is not null;

CREATE UNIQUE INDEX asset_external_code ON app.asset (tenant_id, property_id, external_code) WHERE external_code is not null;

CREATE INDEX asset_of_parent ON app.asset (tenant_id, parent_id) WHERE parent_id is not null;

CREATE INDEX asset_of_space ON app.asset (tenant_id, space_id) WHERE space_id is not null;

alter table app.asset enable row level security;

alter table app.asset force row level security;

create policy tenant on app.asset using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.asset to serai_owner using (true) with check (true);

grant select on app.asset to serai_app;

grant insert on app.asset to serai_app;

grant update on app.asset to serai_app;

CREATE TABLE app.asset_health (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	asset_id UUID NOT NULL, 
	health_index INTEGER NOT NULL, 
	reason TEXT, 
	source TEXT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	CONSTRAINT asset_health_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT asset_health_source_known CHECK (source in ('manual', 'sensor', 'event'))
);

CREATE INDEX asset_health_of ON app.asset_health (tenant_id, asset_id, at, id);

alter table app.asset_health enable row level security;

alter table app.asset_health force row level security;

create policy tenant on app.asset_health using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.asset_health to serai_owner using (true) with check (true);

grant select on app.asset_health to serai_app;

grant insert on app.asset_health to serai_app;

CREATE TABLE app.budget (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	category TEXT, 
	month TEXT NOT NULL, 
	amount NUMERIC(20, 4), 
	currency TEXT NOT NULL, 
	CONSTRAINT budget_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT budget_positive CHECK (amount >= 0)
);

CREATE UNIQUE INDEX budget_of_month ON app.budget (tenant_id, property_id, month, coalesce(category, ''));

alter table app.budget enable row level security;

alter table app.budget force row level security;

create policy tenant on app.budget using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.budget to serai_owner using (true) with check (true);

grant select on app.budget to serai_app;

grant insert on app.budget to serai_app;

grant update on app.budget to serai_app;

CREATE TABLE app.category (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	names JSONB NOT NULL, 
	skill TEXT NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT category_pk PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX category_code ON app.category (tenant_id, code);

alter table app.category enable row level security;

alter table app.category force row level security;

create policy tenant on app.category using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.category to serai_owner using (true) with check (true);

grant select on app.category to serai_app;

grant insert on app.category to serai_app;

grant update on app.category to serai_app;

CREATE TABLE app.checklist (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	name TEXT NOT NULL, 
	task_type TEXT NOT NULL, 
	items JSONB NOT NULL, 
	active BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT checklist_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT checklist_version_positive CHECK (version > 0)
);

CREATE INDEX checklist_by_name ON app.checklist (tenant_id, property_id, name, id);

CREATE UNIQUE INDEX checklist_one_active ON app.checklist (tenant_id, property_id, task_type) WHERE active;

alter table app.checklist enable row level security;

alter table app.checklist force row level security;

create policy tenant on app.checklist using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.checklist to serai_owner using (true) with check (true);

grant select on app.checklist to serai_app;

grant insert on app.checklist to serai_app;

grant update (name, items, active, version) on app.checklist to serai_app;

CREATE TABLE app.connection (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	via TEXT NOT NULL, 
	address TEXT NOT NULL, 
	bindings JSONB NOT NULL, 
	property_id UUID, 
	service_account TEXT, 
	audience TEXT, 
	paused BOOLEAN NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT connection_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT connection_version_positive CHECK (version > 0), 
	CONSTRAINT connection_via_known CHECK (via in ('rabbitmq', 'redis', 'pubsub'))
);

CREATE INDEX connection_by_name ON app.connection (tenant_id, name, id);

alter table app.connection enable row level security;

alter table app.connection force row level security;

create policy tenant on app.connection using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.connection to serai_owner using (true) with check (true);

grant select on app.connection to serai_app;

grant insert on app.connection to serai_app;

grant update on app.connection to serai_app;

grant delete on app.connection to serai_app;

CREATE TABLE app.cost_line (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	order_id UUID NOT NULL, 
	kind TEXT NOT NULL, 
	ref_id UUID NOT NULL, 
	what TEXT NOT NULL, 
	category TEXT NOT NULL, 
	asset_id UUID, 
	space_id UUID, 
	quantity NUMERIC(16, 3) NOT NULL, 
	unit TEXT NOT NULL, 
	unit_price NUMERIC(20, 6), 
	amount NUMERIC(20, 4) NOT NULL, 
	currency TEXT NOT NULL, 
	day DATE NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	struck_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT cost_line_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT cost_line_kind_known CHECK (kind in ('labour', 'part', 'invoice')), 
	CONSTRAINT cost_line_positive CHECK (quantity >= 0 and amount >= 0)
);

CREATE INDEX cost_line_by_day ON app.cost_line (tenant_id, property_id, day);

CREATE UNIQUE INDEX cost_line_of ON app.cost_line (tenant_id, ref_id);

CREATE INDEX cost_line_of_asset ON app.cost_line (tenant_id, asset_id, day) WHERE asset_id is not null;

CREATE INDEX cost_line_of_order ON app.cost_line (tenant_id, order_id, id);

alter table app.cost_line enable row level security;

alter table app.cost_line force row level security;

create policy tenant on app.cost_line using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.cost_line to serai_owner using (true) with check (true);

grant select on app.cost_line to serai_app;

grant insert on app.cost_line to serai_app;

grant update (struck_at) on app.cost_line to serai_app;

CREATE TABLE app.cursor (
	tenant_id UUID NOT NULL, 
	reader TEXT NOT NULL, 
	stream UUID NOT NULL, 
	position BIGINT DEFAULT '0' NOT NULL, 
	at TIMESTAMP WITH TIME ZONE, 
	failures INTEGER DEFAULT '0' NOT NULL, 
	retry_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT cursor_pk PRIMARY KEY (tenant_id, reader, stream)
);

alter table app.cursor enable row level security;

alter table app.cursor force row level security;

create policy tenant on app.cursor using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.cursor to serai_owner using (true) with check (true);

grant select on app.cursor to serai_app;

grant insert on app.cursor to serai_app;

grant update on app.cursor to serai_app;

grant delete on app.cursor to serai_app;

grant select (tenant_id, reader, stream, position, failures, retry_at) on app.cursor to serai_relay;

create policy relay on app.cursor for select to serai_relay using (true);

CREATE TABLE app.dead_letter (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	reader TEXT NOT NULL, 
	stream UUID, 
	position BIGINT, 
	subject UUID, 
	type TEXT NOT NULL, 
	error TEXT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	replayed_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT dead_letter_pk PRIMARY KEY (tenant_id, id)
);

CREATE INDEX dead_letter_open ON app.dead_letter (tenant_id, reader, subject);

alter table app.dead_letter enable row level security;

alter table app.dead_letter force row level security;

create policy tenant on app.dead_letter using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.dead_letter to serai_owner using (true) with check (true);

grant select on app.dead_letter to serai_app;

grant insert on app.dead_letter to serai_app;

grant update on app.dead_letter to serai_app;

grant delete on app.dead_letter to serai_app;

CREATE TABLE app.delivery (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	notice_id UUID NOT NULL, 
	topic TEXT NOT NULL, 
	about TEXT, 
	to_name TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	address TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	link JSONB, 
	state TEXT NOT NULL, 
	due_at TIMESTAMP WITH TIME ZONE, 
	queued_at TIMESTAMP WITH TIME ZONE, 
	error TEXT, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT delivery_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT delivery_channel_known CHECK (channel in ('email', 'sms', 'whatsapp', 'telegram', 'push')), 
	CONSTRAINT delivery_state_known CHECK (state in ('waiting', 'queued', 'sent', 'failed', 'old'))
);

CREATE INDEX delivery_by_time ON app.delivery (tenant_id, property_id, created_at, id);

CREATE INDEX delivery_due ON app.delivery (due_at, tenant_id, property_id) WHERE due_at is not null;

alter table app.delivery enable row level security;

alter table app.delivery force row level security;

create policy tenant on app.delivery using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.delivery to serai_owner using (true) with check (true);

grant select on app.delivery to serai_app;

grant insert on app.delivery to serai_app;

grant update on app.delivery to serai_app;

grant select (tenant_id, property_id, id, due_at) on app.delivery to serai_relay;

create policy relay on app.delivery for select to serai_relay using (true);

CREATE TABLE app.discrepancy (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	room_id UUID NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	seen_occupancy TEXT NOT NULL, 
	seen_persons INTEGER, 
	told_occupancy TEXT NOT NULL, 
	told_persons INTEGER, 
	stay_id UUID, 
	note TEXT, 
	found_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	found_by TEXT NOT NULL, 
	resolved_at TIMESTAMP WITH TIME ZONE, 
	resolved_by TEXT, 
	resolution TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT discrepancy_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT discrepancy_kind_known CHECK (kind in ('sleep', 'skip', 'person')), 
	CONSTRAINT discrepancy_state_known CHECK (state in ('open', 'resolved')), 
	CONSTRAINT discrepancy_seen_occupancy_known CHECK (seen_occupancy in ('vacant', 'occupied')), 
	CONSTRAINT discrepancy_told_occupancy_known CHECK (told_occupancy in ('vacant', 'occupied')), 
	CONSTRAINT discrepancy_resolved_when CHECK ((state = 'resolved') = (resolved_at is not null))
);

CREATE INDEX discrepancy_by_time ON app.discrepancy (tenant_id, property_id, found_at, id);

CREATE UNIQUE INDEX discrepancy_open ON app.discrepancy (tenant_id, room_id) WHERE state = 'open';

alter table app.discrepancy enable row level security;

alter table app.discrepancy force row level security;

create policy tenant on app.discrepancy using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.discrepancy to serai_owner using (true) with check (true);

grant select on app.discrepancy to serai_app;

grant insert on app.discrepancy to serai_app;

grant update (kind, state, seen_occupancy, seen_persons, told_occupancy, told_persons, note, resolved_at, resolved_by, resolution, version) on app.discrepancy to serai_app;

CREATE TABLE app.dispatch (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	vendor_id UUID NOT NULL, 
	vendor_name TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	order_id UUID NOT NULL, 
	order_number INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	room_number TEXT, 
	state TEXT NOT NULL, 
	sent_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	acknowledged_at TIMESTAMP WITH TIME ZONE, 
	promised_at TIMESTAMP WITH TIME ZONE, 
	via TEXT, 
	recorded_by TEXT, 
	note TEXT, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT dispatch_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT dispatch_channel_known CHECK (channel in ('whatsapp', 'sms', 'email', 'call_only')), 
	CONSTRAINT dispatch_state_known CHECK (state in ('sent', 'acknowledged', 'declined', 'released'))
);

CREATE INDEX dispatch_by_time ON app.dispatch (tenant_id, property_id, sent_at, id);

CREATE UNIQUE INDEX dispatch_open ON app.dispatch (tenant_id, order_id) WHERE state in ('sent', 'acknowledged');

alter table app.dispatch enable row level security;

alter table app.dispatch force row level security;

create policy tenant on app.dispatch using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.dispatch to serai_owner using (true) with check (true);

grant select on app.dispatch to serai_app;

grant insert on app.dispatch to serai_app;

grant update on app.dispatch to serai_app;

CREATE TABLE app.file (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	name TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	sha256 BYTEA NOT NULL, 
	width INTEGER, 
	height INTEGER, 
	scan TEXT NOT NULL, 
	attached_to TEXT, 
	added_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	added_by TEXT NOT NULL, 
	adder_id UUID, 
	removed_at TIMESTAMP WITH TIME ZONE, 
	expires_at TIMESTAMP WITH TIME ZONE, 
	version INTEGER NOT NULL, 
	CONSTRAINT file_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT file_scan_known CHECK (scan in ('not_scanned', 'pending', 'clean', 'infected')), 
	CONSTRAINT file_measured CHECK (size >= 0 and length(sha256) = 32), 
	CONSTRAINT file_kept CHECK ((attached_to is null or removed_at is not null) = (expires_at is not null))
);

CREATE INDEX file_due ON app.file (tenant_id, property_id, expires_at) WHERE expires_at is not null;

CREATE INDEX file_of ON app.file (tenant_id, attached_to) WHERE attached_to is not null;

alter table app.file enable row level security;

alter table app.file force row level security;

create policy tenant on app.file using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.file to serai_owner using (true) with check (true);

grant select on app.file to serai_app;

grant insert on app.file to serai_app;

grant delete on app.file to serai_app;

grant update (scan, attached_to, removed_at, expires_at, version) on app.file to serai_app;

grant select (tenant_id, id, property_id, expires_at) on app.file to serai_relay;

create policy relay on app.file for select to serai_relay using (true);

CREATE TABLE app.idempotency (
	tenant_id UUID NOT NULL, 
	principal TEXT NOT NULL, 
	route TEXT NOT NULL, 
	key TEXT NOT NULL, 
	body_hash BYTEA NOT NULL, 
	status INTEGER, 
	etag TEXT, 
	answer BYTEA, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT idempotency_pk PRIMARY KEY (tenant_id, principal, route, key)
);

CREATE INDEX idempotency_by_age ON app.idempotency (tenant_id, at);

alter table app.idempotency enable row level security;

alter table app.idempotency force row level security;

create policy tenant on app.idempotency using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.idempotency to serai_owner using (true) with check (true);

grant select on app.idempotency to serai_app;

grant insert on app.idempotency to serai_app;

grant update on app.idempotency to serai_app;

grant delete on app.idempotency to serai_app;

CREATE TABLE app.identity_provider (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	issuer TEXT NOT NULL, 
	client_id TEXT NOT NULL, 
	client_secret TEXT NOT NULL, 
	redirect_uris JSONB NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT identity_provider_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT identity_provider_client UNIQUE (tenant_id, issuer, client_id)
);

alter table app.identity_provider enable row level security;

alter table app.identity_provider force row level security;

create policy tenant on app.identity_provider using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.identity_provider to serai_owner using (true) with check (true);

grant select on app.identity_provider to serai_app;

grant insert on app.identity_provider to serai_app;

grant delete on app.identity_provider to serai_app;

CREATE TABLE app.inbox (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	source TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	type TEXT NOT NULL, 
	sequence BIGINT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	received_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	payload JSONB, 
	status TEXT NOT NULL, 
	error TEXT, 
	attempts INTEGER NOT NULL, 
	retry_at TIMESTAMP WITH TIME ZONE, 
	expires_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT inbox_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT inbox_once UNIQUE (tenant_id, source, event_id), 
	CONSTRAINT inbox_status_known CHECK (status in ('waiting', 'applied', 'ignored', 'parked', 'refused'))
);

CREATE INDEX inbox_by_arrival ON app.inbox (tenant_id, property_id, received_at, id);

CREATE INDEX inbox_due ON app.inbox (tenant_id, property_id, retry_at) WHERE retry_at is not null;

CREATE INDEX inbox_old ON app.inbox (tenant_id, property_id, expires_at) WHERE expires_at is not null;

CREATE INDEX inbox_stuck ON app.inbox (tenant_id, property_id) WHERE status in ('parked', 'waiting');

alter table app.inbox enable row level security;

alter table app.inbox force row level security;

create policy tenant on app.inbox using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.inbox to serai_owner using (true) with check (true);

grant select on app.inbox to serai_app;

grant insert on app.inbox to serai_app;

grant update on app.inbox to serai_app;

grant delete on app.inbox to serai_app;

grant select (tenant_id, property_id, retry_at, expires_at) on app.inbox to serai_relay;

create policy relay on app.inbox for select to serai_relay using (true);

CREATE TABLE app.journal (
	tenant_id UUID NOT NULL, 
	stream UUID NOT NULL, 
	position BIGINT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	id UUID NOT NULL, 
	subject UUID NOT NULL, 
	version INTEGER NOT NULL, 
	type TEXT NOT NULL, 
	payload JSONB NOT NULL, 
	changes JSONB NOT NULL, 
	actor_kind TEXT NOT NULL, 
	actor_id UUID, 
	actor TEXT NOT NULL, 
	source TEXT NOT NULL, 
	correlation TEXT NOT NULL, 
	cause UUID, 
	CONSTRAINT journal_pk PRIMARY KEY (tenant_id, stream, position, at), 
	CONSTRAINT journal_subject_version UNIQUE (tenant_id, subject, version, at)
)
 PARTITION BY RANGE (at);

CREATE INDEX journal_by_subject ON app.journal (tenant_id, subject, position);

CREATE INDEX journal_by_time ON app.journal (tenant_id, at, id);

alter table app.journal enable row level security;

alter table app.journal force row level security;

create policy tenant on app.journal using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.journal to serai_owner using (true) with check (true);

grant select on app.journal to serai_app;

grant insert on app.journal to serai_app;

CREATE TABLE app.meter (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	asset_id UUID NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	counts BOOLEAN NOT NULL, 
	value NUMERIC(18, 4), 
	read_at TIMESTAMP WITH TIME ZONE, 
	total NUMERIC(18, 4), 
	active BOOLEAN NOT NULL, 
	CONSTRAINT meter_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT meter_kind_known CHECK (kind in ('run_hours', 'kwh', 'cycles', 'occupied_nights', 'battery_percent', 'temperature', 'other')), 
	CONSTRAINT meter_counts CHECK (counts = (total is not null))
);

CREATE INDEX meter_of_asset ON app.meter (tenant_id, asset_id, id);

alter table app.meter enable row level security;

alter table app.meter force row level security;

create policy tenant on app.meter using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.meter to serai_owner using (true) with check (true);

grant select on app.meter to serai_app;

grant insert on app.meter to serai_app;

grant update on app.meter to serai_app;

CREATE TABLE app.meter_reading (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	meter_id UUID NOT NULL, 
	kind TEXT NOT NULL, 
	value NUMERIC(18, 4) NOT NULL, 
	total NUMERIC(18, 4), 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	note TEXT, 
	CONSTRAINT meter_reading_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT meter_reading_kind_known CHECK (kind in ('reading', 'reset', 'swap'))
);

CREATE UNIQUE INDEX meter_reading_at ON app.meter_reading (tenant_id, meter_id, at);

alter table app.meter_reading enable row level security;

alter table app.meter_reading force row level security;

create policy tenant on app.meter_reading using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.meter_reading to serai_owner using (true) with check (true);

grant select on app.meter_reading to serai_app;

grant insert on app.meter_reading to serai_app;

CREATE TABLE app.notice (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	staff_id UUID, 
	to_name TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	about TEXT, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	urgent BOOLEAN NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	read_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT notice_pk PRIMARY KEY (tenant_id, id)
);

CREATE INDEX notice_of_staff ON app.notice (tenant_id, staff_id, created_at, id);

CREATE INDEX notice_unread ON app.notice (tenant_id, staff_id) WHERE read_at is null;

alter table app.notice enable row level security;

alter table app.notice force row level security;

create policy tenant on app.notice using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.notice to serai_owner using (true) with check (true);

grant select on app.notice to serai_app;

grant insert on app.notice to serai_app;

grant update (read_at) on app.notice to serai_app;

CREATE TABLE app.notice_settings (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	channels JSONB NOT NULL, 
	email TEXT, 
	phone TEXT, 
	telegram TEXT, 
	push TEXT, 
	language TEXT NOT NULL, 
	quiet JSONB NOT NULL, 
	on_shift_only BOOLEAN NOT NULL, 
	CONSTRAINT notice_settings_pk PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX notice_settings_of_staff ON app.notice_settings (tenant_id, staff_id);

alter table app.notice_settings enable row level security;

alter table app.notice_settings force row level security;

create policy tenant on app.notice_settings using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.notice_settings to serai_owner using (true) with check (true);

grant select on app.notice_settings to serai_app;

grant insert on app.notice_settings to serai_app;

grant update on app.notice_settings to serai_app;

CREATE TABLE app.overnight (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	business_date DATE NOT NULL, 
	due_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT overnight_pk PRIMARY KEY (tenant_id, id)
);

CREATE INDEX overnight_due ON app.overnight (due_at) WHERE due_at is not null;

alter table app.overnight enable row level security;

alter table app.overnight force row level security;

create policy tenant on app.overnight using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.overnight to serai_owner using (true) with check (true);

grant select on app.overnight to serai_app;

grant insert on app.overnight to serai_app;

grant update (business_date, due_at) on app.overnight to serai_app;

grant select (tenant_id, id, property_id, due_at) on app.overnight to serai_relay;

create policy relay on app.overnight for select to serai_relay using (true);

CREATE TABLE app.part (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	part_number TEXT NOT NULL, 
	name TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	on_hand NUMERIC(16, 3) NOT NULL, 
	reserved NUMERIC(16, 3) NOT NULL, 
	reorder_at NUMERIC(16, 3), 
	last_cost NUMERIC(16, 4), 
	currency TEXT NOT NULL, 
	supplier TEXT, 
	place TEXT, 
	note TEXT, 
	below_zero BOOLEAN NOT NULL, 
	low_since TIMESTAMP WITH TIME ZONE, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT part_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT part_not_below_nothing CHECK (reserved >= 0 and (below_zero or on_hand >= 0))
);

CREATE INDEX part_by_name ON app.part (tenant_id, property_id, name, id);

CREATE INDEX part_low ON app.part (tenant_id, property_id, name, id) WHERE low_since is not null;

CREATE UNIQUE INDEX part_number ON app.part (tenant_id, property_id, part_number);

alter table app.part enable row level security;

alter table app.part force row level security;

create policy tenant on app.part using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.part to serai_owner using (true) with check (true);

grant select on app.part to serai_app;

grant insert on app.part to serai_app;

grant update on app.part to serai_app;

CREATE TABLE app.part_usage (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	part_id UUID NOT NULL, 
	part_number TEXT NOT NULL, 
	name TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	order_id UUID, 
	quantity NUMERIC(16, 3) NOT NULL, 
	from_reserved NUMERIC(16, 3) NOT NULL, 
	unit_cost NUMERIC(16, 4), 
	amount NUMERIC(20, 4) NOT NULL, 
	currency TEXT NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	note TEXT, 
	struck_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT part_usage_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT part_usage_positive CHECK (quantity > 0)
);

CREATE INDEX part_usage_of_order ON app.part_usage (tenant_id, order_id, id) WHERE order_id is not null;

CREATE INDEX part_usage_of_part ON app.part_usage (tenant_id, part_id, id);

alter table app.part_usage enable row level security;

alter table app.part_usage force row level security;

create policy tenant on app.part_usage using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.part_usage to serai_owner using (true) with check (true);

grant select on app.part_usage to serai_app;

grant insert on app.part_usage to serai_app;

grant update (version, struck_at) on app.part_usage to serai_app;

CREATE TABLE app.phone (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	name TEXT NOT NULL, 
	public_key BYTEA NOT NULL, 
	enrolled_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	revoked_at TIMESTAMP WITH TIME ZONE, 
	challenge BYTEA, 
	challenge_until TIMESTAMP WITH TIME ZONE, 
	version INTEGER NOT NULL, 
	CONSTRAINT phone_pk PRIMARY KEY (tenant_id, id)
);

CREATE INDEX phone_by_name ON app.phone (tenant_id, property_id, name, id);

alter table app.phone enable row level security;

alter table app.phone force row level security;

create policy tenant on app.phone using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.phone to serai_owner using (true) with check (true);

grant select on app.phone to serai_app;

grant insert on app.phone to serai_app;

grant update (revoked_at, challenge, challenge_until, version) on app.phone to serai_app;

CREATE TABLE app.property (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	locale TEXT NOT NULL, 
	check_in TIME WITHOUT TIME ZONE NOT NULL, 
	check_out TIME WITHOUT TIME ZONE NOT NULL, 
	rollover TIME WITHOUT TIME ZONE NOT NULL, 
	policies JSONB NOT NULL, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT property_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT property_version_positive CHECK (version > 0), 
	CONSTRAINT property_code UNIQUE (tenant_id, code)
);

alter table app.property enable row level security;

alter table app.property force row level security;

create policy tenant on app.property using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.property to serai_owner using (true) with check (true);

grant select on app.property to serai_app;

grant insert on app.property to serai_app;

grant update on app.property to serai_app;

grant select (tenant_id, id) on app.property to serai_relay;

create policy relay on app.property for select to serai_relay using (true);

CREATE TABLE app.shift (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	state TEXT NOT NULL, 
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	break_minutes INTEGER NOT NULL, 
	started_at TIMESTAMP WITH TIME ZONE, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	reason TEXT, 
	external_code TEXT, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT shift_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT shift_state_known CHECK (state in ('planned', 'started', 'ended', 'cancelled', 'missed')), 
	CONSTRAINT shift_has_hours CHECK (starts_at < ends_at), 
	CONSTRAINT shift_version_positive CHECK (version > 0), 
	CONSTRAINT shift_one_at_a_time EXCLUDE USING gist (tenant_id WITH =, staff_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state in ('planned', 'started'))
);

CREATE INDEX shift_by_time ON app.shift (tenant_id, property_id, starts_at, id);

CREATE UNIQUE INDEX shift_external_code ON app.shift (tenant_id, property_id, external_code) WHERE external_code is not null;

alter table app.shift enable row level security;

alter table app.shift force row level security;

create policy tenant on app.shift using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.shift to serai_owner using (true) with check (true);

grant select on app.shift to serai_app;

grant insert on app.shift to serai_app;

grant update (state, starts_at, ends_at, break_minutes, started_at, ended_at, reason, version) on app.shift to serai_app;

CREATE TABLE app.sla_day (
	tenant_id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	day DATE NOT NULL, 
	broken INTEGER NOT NULL, 
	CONSTRAINT sla_day_pk PRIMARY KEY (tenant_id, property_id, day)
);

alter table app.sla_day enable row level security;

alter table app.sla_day force row level security;

create policy tenant on app.sla_day using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.sla_day to serai_owner using (true) with check (true);

grant select on app.sla_day to serai_app;

grant insert on app.sla_day to serai_app;

grant update (broken) on app.sla_day to serai_app;

CREATE TABLE app.sla_policy (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID, 
	version INTEGER NOT NULL, 
	category TEXT, 
	severity TEXT, 
	respond_minutes INTEGER, 
	resolve_minutes INTEGER, 
	hours JSONB NOT NULL, 
	pauses BOOLEAN NOT NULL, 
	warn_percent INTEGER NOT NULL, 
	steps JSONB NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT sla_policy_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT sla_policy_minutes CHECK (respond_minutes > 0 and resolve_minutes > 0), 
	CONSTRAINT sla_policy_promises CHECK (coalesce(respond_minutes, resolve_minutes) is not null), 
	CONSTRAINT sla_policy_warns CHECK (warn_percent between 1 and 99)
);

CREATE UNIQUE INDEX sla_policy_one ON app.sla_policy (tenant_id, coalesce(property_id, tenant_id), coalesce(category, ''), coalesce(severity, '')) WHERE active;

alter table app.sla_policy enable row level security;

alter table app.sla_policy force row level security;

create policy tenant on app.sla_policy using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.sla_policy to serai_owner using (true) with check (true);

grant select on app.sla_policy to serai_app;

grant insert on app.sla_policy to serai_app;

grant update on app.sla_policy to serai_app;

CREATE TABLE app.space (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	kind TEXT NOT NULL, 
	parent_id UUID, 
	name TEXT NOT NULL, 
	sort_key TEXT COLLATE "C" NOT NULL, 
	external_code TEXT, 
	capacity INTEGER, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	archived_at TIMESTAMP WITH TIME ZONE, 
	number TEXT, 
	room_type TEXT, 
	floor TEXT, 
	section TEXT, 
	credits JSONB DEFAULT '{}'::jsonb NOT NULL, 
	occupancy TEXT DEFAULT 'vacant' NOT NULL, 
	condition TEXT DEFAULT 'dirty' NOT NULL, 
	service TEXT DEFAULT 'in_service' NOT NULL, 
	guest_service TEXT DEFAULT 'none' NOT NULL, 
	repair_required INTEGER DEFAULT '0' NOT NULL, 
	stay_id UUID, 
	queue BOOLEAN DEFAULT false NOT NULL, 
	cleaned_at TIMESTAMP WITH TIME ZONE, 
	inspected_at TIMESTAMP WITH TIME ZONE, 
	status_changed_at TIMESTAMP WITH TIME ZONE, 
	version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT space_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT space_of_property UNIQUE (tenant_id, property_id, id), 
	CONSTRAINT space_parent_here FOREIGN KEY(tenant_id, property_id, parent_id) REFERENCES app.space (tenant_id, property_id, id), 
	CONSTRAINT space_kind_known CHECK (kind in ('building', 'floor', 'section', 'room', 'public_area', 'venue', 'table')), 
	CONSTRAINT space_occupancy_known CHECK (occupancy in ('vacant', 'occupied')), 
	CONSTRAINT space_condition_known CHECK (condition in ('dirty', 'cleaning', 'pickup', 'clean', 'inspected')), 
	CONSTRAINT space_service_known CHECK (service in ('in_service', 'out_of_service', 'out_of_order', 'out_of_inventory')), 
	CONSTRAINT space_guest_service_known CHECK (guest_service in ('none', 'do_not_disturb', 'make_up_room', 'service_declined')), 
	CONSTRAINT space_repair_counts CHECK (repair_required >= 0), 
	CONSTRAINT space_rooms_have_numbers CHECK ((kind = 'room') = (number is not null)), 
	CONSTRAINT space_rooms_have_types CHECK ((kind = 'room') = (room_type is not null)), 
	CONSTRAINT space_not_in_itself CHECK (parent_id is null or parent_id <> id), 
	CONSTRAINT space_stay_in_occupied CHECK (stay_id is null or occupancy = 'occupied')
);

CREATE UNIQUE INDEX space_external_code ON app.space (tenant_id, property_id, external_code) WHERE external_code is not null and archived_at is null;

CREATE INDEX space_in_order ON app.space (tenant_id, property_id, kind, sort_key, id);

CREATE INDEX space_inside ON app.space (tenant_id, parent_id) WHERE parent_id is not null;

CREATE UNIQUE INDEX space_number ON app.space (tenant_id, property_id, number) WHERE number is not null and archived_at is null;

alter table app.space enable row level security;

alter table app.space force row level security;

create policy tenant on app.space using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.space to serai_owner using (true) with check (true);

grant select on app.space to serai_app;

grant insert (tenant_id, id, property_id, kind, created_at, parent_id, name, sort_key, external_code, capacity, archived_at, number, room_type, floor, section, credits) on app.space to serai_app;

grant update (parent_id, name, sort_key, external_code, capacity, archived_at, number, room_type, floor, section, credits, version) on app.space to serai_app;

CREATE TABLE app.staff (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	name TEXT NOT NULL, 
	login TEXT NOT NULL, 
	email TEXT, 
	state TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT staff_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT staff_state_known CHECK (state in ('active', 'deactivated')), 
	CONSTRAINT staff_login UNIQUE (tenant_id, login), 
	CONSTRAINT staff_email UNIQUE (tenant_id, email)
);

CREATE INDEX staff_by_name ON app.staff (tenant_id, name, id);

alter table app.staff enable row level security;

alter table app.staff force row level security;

create policy tenant on app.staff using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.staff to serai_owner using (true) with check (true);

grant select on app.staff to serai_app;

grant insert on app.staff to serai_app;

grant update (name, login, email, state, version) on app.staff to serai_app;

CREATE TABLE app.staff_profile (
	tenant_id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	id UUID NOT NULL, 
	skills JSONB NOT NULL, 
	languages JSONB NOT NULL, 
	external_code TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT staff_profile_pk PRIMARY KEY (tenant_id, staff_id)
);

CREATE UNIQUE INDEX staff_profile_external_code ON app.staff_profile (tenant_id, external_code) WHERE external_code is not null;

alter table app.staff_profile enable row level security;

alter table app.staff_profile force row level security;

create policy tenant on app.staff_profile using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.staff_profile to serai_owner using (true) with check (true);

grant select on app.staff_profile to serai_app;

grant insert on app.staff_profile to serai_app;

grant update (skills, languages, external_code, version) on app.staff_profile to serai_app;

CREATE TABLE app.staff_rate (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	valid_from TIMESTAMP WITH TIME ZONE NOT NULL, 
	amount NUMERIC NOT NULL, 
	currency TEXT NOT NULL, 
	CONSTRAINT staff_rate_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT staff_rate_not_negative CHECK (amount >= 0)
);

CREATE UNIQUE INDEX staff_rate_in_time ON app.staff_rate (tenant_id, staff_id, valid_from);

alter table app.staff_rate enable row level security;

alter table app.staff_rate force row level security;

create policy tenant on app.staff_rate using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.staff_rate to serai_owner using (true) with check (true);

grant select on app.staff_rate to serai_app;

grant insert on app.staff_rate to serai_app;

CREATE TABLE app.stock_move (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	part_id UUID NOT NULL, 
	kind TEXT NOT NULL, 
	on_hand_delta NUMERIC(16, 3) NOT NULL, 
	reserved_delta NUMERIC(16, 3) NOT NULL, 
	on_hand NUMERIC(16, 3) NOT NULL, 
	reserved NUMERIC(16, 3) NOT NULL, 
	unit_cost NUMERIC(16, 4), 
	order_id UUID, 
	other_part_id UUID, 
	note TEXT, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	CONSTRAINT stock_move_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT stock_move_kind_known CHECK (kind in ('receive', 'use', 'give_back', 'adjust', 'transfer_in', 'transfer_out', 'reserve', 'release'))
);

CREATE INDEX stock_move_of_order ON app.stock_move (tenant_id, order_id, part_id) WHERE order_id is not null;

CREATE INDEX stock_move_of_part ON app.stock_move (tenant_id, part_id, id);

alter table app.stock_move enable row level security;

alter table app.stock_move force row level security;

create policy tenant on app.stock_move using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.stock_move to serai_owner using (true) with check (true);

grant select on app.stock_move to serai_app;

grant insert on app.stock_move to serai_app;

CREATE TABLE app.stream (
	tenant_id UUID NOT NULL, 
	stream UUID NOT NULL, 
	epoch BIGINT DEFAULT '1' NOT NULL, 
	head BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT stream_pk PRIMARY KEY (tenant_id, stream)
);

alter table app.stream enable row level security;

alter table app.stream force row level security;

create policy tenant on app.stream using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.stream to serai_owner using (true) with check (true);

grant select on app.stream to serai_app;

grant insert on app.stream to serai_app;

grant update (head) on app.stream to serai_app;

grant select (tenant_id, stream, epoch, head) on app.stream to serai_relay;

create policy relay on app.stream for select to serai_relay using (true);

CREATE TABLE app.task (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	type TEXT NOT NULL, 
	state TEXT NOT NULL, 
	space_id UUID, 
	room_number TEXT, 
	floor TEXT, 
	stay_id UUID, 
	booking_reference TEXT, 
	origin TEXT, 
	reclean_of UUID, 
	assignee_id UUID, 
	locked BOOLEAN NOT NULL, 
	note TEXT, 
	due_at TIMESTAMP WITH TIME ZONE, 
	delayed_at TIMESTAMP WITH TIME ZONE, 
	delayed_for TIMESTAMP WITH TIME ZONE, 
	delay_reason TEXT, 
	delay_at TIMESTAMP WITH TIME ZONE, 
	priority INTEGER NOT NULL, 
	priority_parts JSONB NOT NULL, 
	priority_at TIMESTAMP WITH TIME ZONE, 
	pinned INTEGER, 
	credits FLOAT, 
	minutes INTEGER NOT NULL, 
	checklist JSONB NOT NULL, 
	reason TEXT, 
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	assigned_at TIMESTAMP WITH TIME ZONE, 
	started_at TIMESTAMP WITH TIME ZONE, 
	paused_at TIMESTAMP WITH TIME ZONE, 
	paused_seconds INTEGER NOT NULL, 
	completed_at TIMESTAMP WITH TIME ZONE, 
	completed_by UUID, 
	verified_at TIMESTAMP WITH TIME ZONE, 
	verified_by UUID, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT task_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT task_type_known CHECK (type in ('checkout_cleaning', 'stay_over_cleaning', 'deep_cleaning', 'arrival_check', 'vacant_check', 'inspection', 'turndown', 'linen_change', 'public_area_cleaning', 'restocking', 'maintenance_repair', 'laundry', 'flush', 'custom')), 
	CONSTRAINT task_state_known CHECK (state in ('pending', 'assigned', 'in_progress', 'paused', 'completed', 'verified', 'rejected', 'cancelled', 'refused')), 
	CONSTRAINT task_version_positive CHECK (version > 0), 
	CONSTRAINT task_priority_range CHECK (priority between 0 and 100 and pinned between 0 and 100), 
	CONSTRAINT task_minutes_positive CHECK (minutes > 0 and paused_seconds >= 0), 
	CONSTRAINT task_pending_is_nobodys CHECK (state <> 'pending' or assignee_id is null)
);

CREATE INDEX task_by_creation ON app.task (tenant_id, property_id, created_at, id);

CREATE INDEX task_by_due ON app.task (tenant_id, property_id, due_at, id);

CREATE INDEX task_by_priority ON app.task (tenant_id, property_id, priority, id);

CREATE INDEX task_delay ON app.task (delay_at, tenant_id, property_id) WHERE delay_at is not null;

CREATE INDEX task_done ON app.task (tenant_id, property_id, completed_at) WHERE completed_at is not null;

CREATE INDEX task_of_assignee ON app.task (tenant_id, assignee_id) WHERE state in ('pending', 'assigned', 'in_progress', 'paused');

CREATE INDEX task_of_room ON app.task (tenant_id, space_id, state) WHERE space_id is not null;

CREATE INDEX task_of_stay ON app.task (tenant_id, stay_id) WHERE stay_id is not null;

CREATE INDEX task_open ON app.task (tenant_id, property_id, priority, id) WHERE state in ('pending', 'assigned', 'in_progress', 'paused');

CREATE UNIQUE INDEX task_origin ON app.task (tenant_id, origin) WHERE origin is not null;

CREATE INDEX task_score ON app.task (priority_at, tenant_id, property_id) WHERE priority_at is not null;

alter table app.task enable row level security;

alter table app.task force row level security;

create policy tenant on app.task using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.task to serai_owner using (true) with check (true);

grant select on app.task to serai_app;

grant insert on app.task to serai_app;

grant update on app.task to serai_app;

grant select (tenant_id, property_id, id, delay_at, priority_at) on app.task to serai_relay;

create policy relay on app.task for select to serai_relay using (true);

CREATE TABLE app.tenant (
	tenant_id UUID NOT NULL, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	platform BOOLEAN NOT NULL, 
	second_factor_required BOOLEAN DEFAULT false NOT NULL, 
	version INTEGER NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT tenant_pk PRIMARY KEY (tenant_id)
);

alter table app.tenant enable row level security;

alter table app.tenant force row level security;

create policy tenant on app.tenant using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.tenant to serai_owner using (true) with check (true);

grant select on app.tenant to serai_app;

grant insert on app.tenant to serai_app;

grant update (second_factor_required, version) on app.tenant to serai_app;

CREATE TABLE app.vendor (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID, 
	version INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	contact TEXT, 
	phone TEXT, 
	email TEXT, 
	channel TEXT NOT NULL, 
	language TEXT, 
	windows JSONB NOT NULL, 
	categories JSONB NOT NULL, 
	hourly_rate NUMERIC(12, 2), 
	currency TEXT, 
	note TEXT, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT vendor_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT vendor_channel_known CHECK (channel in ('whatsapp', 'sms', 'email', 'call_only')), 
	CONSTRAINT vendor_reached CHECK (case channel when 'email' then email else phone end is not null), 
	CONSTRAINT vendor_rate CHECK ((hourly_rate is null) = (currency is null) and hourly_rate >= 0)
);

CREATE INDEX vendor_by_name ON app.vendor (tenant_id, name, id);

alter table app.vendor enable row level security;

alter table app.vendor force row level security;

create policy tenant on app.vendor using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.vendor to serai_owner using (true) with check (true);

grant select on app.vendor to serai_app;

grant insert on app.vendor to serai_app;

grant update on app.vendor to serai_app;

CREATE TABLE app.vendor_invoice (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	vendor_id UUID NOT NULL, 
	vendor_name TEXT NOT NULL, 
	order_id UUID NOT NULL, 
	order_number INTEGER NOT NULL, 
	number TEXT, 
	amount NUMERIC(20, 4) NOT NULL, 
	currency TEXT NOT NULL, 
	due_on DATE, 
	file_id UUID, 
	note TEXT, 
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	recorded_by TEXT NOT NULL, 
	posted_at TIMESTAMP WITH TIME ZONE, 
	posted_reference TEXT, 
	struck_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT vendor_invoice_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT vendor_invoice_sound CHECK (amount >= 0 and (posted_at is null or struck_at is null))
);

CREATE INDEX vendor_invoice_by_time ON app.vendor_invoice (tenant_id, property_id, recorded_at, id);

CREATE INDEX vendor_invoice_of_order ON app.vendor_invoice (tenant_id, order_id);

alter table app.vendor_invoice enable row level security;

alter table app.vendor_invoice force row level security;

create policy tenant on app.vendor_invoice using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.vendor_invoice to serai_owner using (true) with check (true);

grant select on app.vendor_invoice to serai_app;

grant insert on app.vendor_invoice to serai_app;

grant update (version, posted_at, posted_reference, struck_at) on app.vendor_invoice to serai_app;

CREATE TABLE app."window" (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	space_id UUID NOT NULL, 
	room_number TEXT, 
	group_id UUID, 
	lane TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	reason_code TEXT NOT NULL, 
	remarks TEXT, 
	return_status TEXT NOT NULL, 
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	emergency BOOLEAN NOT NULL, 
	forced BOOLEAN NOT NULL, 
	holders JSONB NOT NULL, 
	touched JSONB NOT NULL, 
	reason TEXT, 
	started_at TIMESTAMP WITH TIME ZONE, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	due_at TIMESTAMP WITH TIME ZONE, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT window_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT window_lane_known CHECK (lane in ('plan', 'fault')), 
	CONSTRAINT window_kind_known CHECK (kind in ('out_of_service', 'maintenance_window', 'out_of_order', 'out_of_inventory')), 
	CONSTRAINT window_state_known CHECK (state in ('scheduled', 'pending', 'active', 'completed', 'cancelled')), 
	CONSTRAINT window_return_status_known CHECK (return_status in ('dirty', 'unchanged')), 
	CONSTRAINT window_version_positive CHECK (version > 0), 
	CONSTRAINT window_has_hours CHECK (starts_at <= ends_at), 
	CONSTRAINT window_plan_has_no_holders CHECK (lane = 'fault' or holders = '[]'), 
	CONSTRAINT window_forced_for_a_reason CHECK (not forced or reason is not null), 
	CONSTRAINT window_one_at_a_time EXCLUDE USING gist (tenant_id WITH =, space_id WITH =, lane WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (state in ('scheduled', 'pending', 'active'))
);

CREATE INDEX window_by_start ON app."window" (tenant_id, property_id, starts_at, id);

CREATE INDEX window_due ON app."window" (due_at, tenant_id, property_id) WHERE due_at is not null;

CREATE INDEX window_held ON app."window" (tenant_id, property_id) WHERE holders <> '[]';

alter table app.window enable row level security;

alter table app.window force row level security;

create policy tenant on app.window using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.window to serai_owner using (true) with check (true);

grant select on app.window to serai_app;

grant insert on app.window to serai_app;

grant update on app.window to serai_app;

grant select (tenant_id, id, property_id, due_at) on app.window to serai_relay;

create policy relay on app.window for select to serai_relay using (true);

CREATE TABLE app.work_order (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT, 
	category TEXT NOT NULL, 
	severity TEXT NOT NULL, 
	safety_concern BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	triaged_at TIMESTAMP WITH TIME ZONE, 
	space_id UUID, 
	room_number TEXT, 
	asset_id UUID, 
	reports JSONB NOT NULL, 
	assignee_id UUID, 
	planned_start TIMESTAMP WITH TIME ZONE, 
	estimated_minutes INTEGER, 
	blocked_reason TEXT, 
	blocked_until TIMESTAMP WITH TIME ZONE, 
	escalation_level INTEGER NOT NULL, 
	escalated JSONB NOT NULL, 
	escalated_to TEXT, 
	reopened INTEGER NOT NULL, 
	problem TEXT, 
	cause TEXT, 
	remedy TEXT, 
	reason TEXT, 
	reported_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	assigned_at TIMESTAMP WITH TIME ZONE, 
	started_at TIMESTAMP WITH TIME ZONE, 
	blocked_at TIMESTAMP WITH TIME ZONE, 
	blocked_seconds INTEGER NOT NULL, 
	resolved_at TIMESTAMP WITH TIME ZONE, 
	resolved_by UUID, 
	verified_at TIMESTAMP WITH TIME ZONE, 
	verified_by UUID, 
	cancelled_at TIMESTAMP WITH TIME ZONE, 
	room_blocked_at TIMESTAMP WITH TIME ZONE, 
	relocations JSONB NOT NULL, 
	symptom TEXT, 
	steps JSONB NOT NULL, 
	links JSONB NOT NULL, 
	watchers JSONB NOT NULL, 
	last_note TEXT, 
	labour_minutes INTEGER NOT NULL, 
	costs JSONB NOT NULL, 
	vendor_id UUID, 
	terms JSONB NOT NULL, 
	terms_old BOOLEAN NOT NULL, 
	waits JSONB NOT NULL, 
	responded_at TIMESTAMP WITH TIME ZONE, 
	respond_due_at TIMESTAMP WITH TIME ZONE, 
	resolve_due_at TIMESTAMP WITH TIME ZONE, 
	respond_warned_at TIMESTAMP WITH TIME ZONE, 
	respond_breached_at TIMESTAMP WITH TIME ZONE, 
	resolve_warned_at TIMESTAMP WITH TIME ZONE, 
	resolve_breached_at TIMESTAMP WITH TIME ZONE, 
	sla_at TIMESTAMP WITH TIME ZONE, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT work_order_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT work_order_severity_known CHECK (severity in ('low', 'medium', 'high', 'critical')), 
	CONSTRAINT work_order_state_known CHECK (state in ('open', 'assigned', 'in_progress', 'blocked', 'resolved', 'verified', 'cancelled')), 
	CONSTRAINT work_order_positive CHECK (version > 0 and number > 0 and blocked_seconds >= 0 and labour_minutes >= 0), 
	CONSTRAINT work_order_open_is_nobodys CHECK (state <> 'open' or (assignee_id is null and vendor_id is null)), 
	CONSTRAINT work_order_blocked_when CHECK ((state = 'blocked') = (blocked_at is not null)), 
	CONSTRAINT work_order_resolved_when CHECK (state not in ('resolved', 'verified') or resolved_at is not null), 
	CONSTRAINT work_order_in_one_hand CHECK (assignee_id is null or vendor_id is null)
);

CREATE INDEX work_order_by_report ON app.work_order (tenant_id, property_id, reported_at, id);

CREATE INDEX work_order_live ON app.work_order (tenant_id, property_id, reported_at, id) WHERE state in ('open', 'assigned', 'in_progress', 'blocked');

CREATE UNIQUE INDEX work_order_number ON app.work_order (tenant_id, property_id, number);

CREATE INDEX work_order_of_asset ON app.work_order (tenant_id, asset_id, reported_at) WHERE asset_id is not null;

CREATE INDEX work_order_of_assignee ON app.work_order (tenant_id, assignee_id) WHERE state in ('open', 'assigned', 'in_progress', 'blocked');

CREATE INDEX work_order_of_space ON app.work_order (tenant_id, space_id) WHERE state in ('open', 'assigned', 'in_progress', 'blocked');

CREATE INDEX work_order_of_vendor ON app.work_order (tenant_id, vendor_id) WHERE state in ('open', 'assigned', 'in_progress', 'blocked');

CREATE INDEX work_order_sla ON app.work_order (sla_at, tenant_id, property_id) WHERE sla_at is not null;

alter table app.work_order enable row level security;

alter table app.work_order force row level security;

create policy tenant on app.work_order using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.work_order to serai_owner using (true) with check (true);

grant select on app.work_order to serai_app;

grant insert on app.work_order to serai_app;

grant update on app.work_order to serai_app;

grant select (tenant_id, property_id, id, sla_at) on app.work_order to serai_relay;

create policy relay on app.work_order for select to serai_relay using (true);

CREATE TABLE app.work_order_count (
	tenant_id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT work_order_count_pk PRIMARY KEY (tenant_id, property_id)
);

alter table app.work_order_count enable row level security;

alter table app.work_order_count force row level security;

create policy tenant on app.work_order_count using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.work_order_count to serai_owner using (true) with check (true);

grant select on app.work_order_count to serai_app;

grant insert on app.work_order_count to serai_app;

grant update (last) on app.work_order_count to serai_app;

CREATE TABLE app.work_order_note (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	order_id UUID NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	by_id UUID, 
	text TEXT NOT NULL, 
	CONSTRAINT work_order_note_pk PRIMARY KEY (tenant_id, id)
);

CREATE INDEX work_order_note_of_order ON app.work_order_note (tenant_id, order_id, id);

alter table app.work_order_note enable row level security;

alter table app.work_order_note force row level security;

create policy tenant on app.work_order_note using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.work_order_note to serai_owner using (true) with check (true);

grant select on app.work_order_note to serai_app;

grant insert on app.work_order_note to serai_app;

CREATE TABLE app.work_order_time (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	order_id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	minutes INTEGER NOT NULL, 
	worked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	note TEXT, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	by TEXT NOT NULL, 
	voided_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT work_order_time_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT work_order_time_positive CHECK (minutes > 0)
);

CREATE INDEX work_order_time_of_order ON app.work_order_time (tenant_id, order_id, id);

alter table app.work_order_time enable row level security;

alter table app.work_order_time force row level security;

create policy tenant on app.work_order_time using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.work_order_time to serai_owner using (true) with check (true);

grant select on app.work_order_time to serai_app;

grant insert on app.work_order_time to serai_app;

grant update (voided_at) on app.work_order_time to serai_app;

CREATE TABLE app.booking (
	tenant_id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	booking_reference TEXT NOT NULL, 
	said JSONB DEFAULT '{}' NOT NULL, 
	CONSTRAINT booking_pk PRIMARY KEY (tenant_id, property_id, booking_reference), 
	CONSTRAINT booking_property FOREIGN KEY(tenant_id, property_id) REFERENCES app.property (tenant_id, id)
);

alter table app.booking enable row level security;

alter table app.booking force row level security;

create policy tenant on app.booking using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.booking to serai_owner using (true) with check (true);

grant select on app.booking to serai_app;

grant insert on app.booking to serai_app;

grant update on app.booking to serai_app;

grant delete on app.booking to serai_app;

CREATE TABLE app.credential (
	tenant_id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	password_hash TEXT NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT credential_pk PRIMARY KEY (tenant_id, staff_id), 
	CONSTRAINT credential_staff FOREIGN KEY(tenant_id, staff_id) REFERENCES app.staff (tenant_id, id)
);

alter table app.credential enable row level security;

alter table app.credential force row level security;

create policy tenant on app.credential using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.credential to serai_owner using (true) with check (true);

grant select on app.credential to serai_app;

grant insert on app.credential to serai_app;

grant update on app.credential to serai_app;

grant delete on app.credential to serai_app;

CREATE TABLE app.identity_link (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	issuer TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	linked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT identity_link_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT identity_link_staff FOREIGN KEY(tenant_id, staff_id) REFERENCES app.staff (tenant_id, id), 
	CONSTRAINT identity_link_account UNIQUE (tenant_id, issuer, subject)
);

CREATE INDEX identity_link_by_staff ON app.identity_link (tenant_id, staff_id);

alter table app.identity_link enable row level security;

alter table app.identity_link force row level security;

create policy tenant on app.identity_link using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.identity_link to serai_owner using (true) with check (true);

grant select on app.identity_link to serai_app;

grant insert on app.identity_link to serai_app;

grant delete on app.identity_link to serai_app;

CREATE TABLE app.invitation (
	tenant_id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	hash BYTEA NOT NULL, 
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT invitation_pk PRIMARY KEY (tenant_id, staff_id), 
	CONSTRAINT invitation_hash UNIQUE (tenant_id, hash), 
	CONSTRAINT invitation_staff FOREIGN KEY(tenant_id, staff_id) REFERENCES app.staff (tenant_id, id)
);

alter table app.invitation enable row level security;

alter table app.invitation force row level security;

create policy tenant on app.invitation using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.invitation to serai_owner using (true) with check (true);

grant select on app.invitation to serai_app;

grant insert on app.invitation to serai_app;

grant update on app.invitation to serai_app;

grant delete on app.invitation to serai_app;

CREATE TABLE app.pin (
	tenant_id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	hash TEXT NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pin_pk PRIMARY KEY (tenant_id, staff_id), 
	CONSTRAINT pin_staff FOREIGN KEY(tenant_id, staff_id) REFERENCES app.staff (tenant_id, id)
);

alter table app.pin enable row level security;

alter table app.pin force row level security;

create policy tenant on app.pin using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.pin to serai_owner using (true) with check (true);

grant select on app.pin to serai_app;

grant insert on app.pin to serai_app;

grant update on app.pin to serai_app;

grant delete on app.pin to serai_app;

CREATE TABLE app.pin_try (
	tenant_id UUID NOT NULL, 
	phone_id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	wrong INTEGER NOT NULL, 
	CONSTRAINT pin_try_pk PRIMARY KEY (tenant_id, phone_id, staff_id), 
	CONSTRAINT pin_try_phone FOREIGN KEY(tenant_id, phone_id) REFERENCES app.phone (tenant_id, id)
);

alter table app.pin_try enable row level security;

alter table app.pin_try force row level security;

create policy tenant on app.pin_try using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.pin_try to serai_owner using (true) with check (true);

grant select on app.pin_try to serai_app;

grant insert on app.pin_try to serai_app;

grant update on app.pin_try to serai_app;

grant delete on app.pin_try to serai_app;

CREATE TABLE app.role_grant (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	role TEXT NOT NULL, 
	property_id UUID, 
	CONSTRAINT role_grant_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT role_grant_role_known CHECK (role in ('super_admin', 'executive_admin', 'venue_admin', 'housekeeping_supervisor', 'housekeeper', 'front_desk', 'maintenance_supervisor', 'technician', 'integration', 'viewer')), 
	CONSTRAINT role_grant_staff FOREIGN KEY(tenant_id, staff_id) REFERENCES app.staff (tenant_id, id), 
	CONSTRAINT role_grant_property FOREIGN KEY(tenant_id, property_id) REFERENCES app.property (tenant_id, id), 
	CONSTRAINT role_grant_once UNIQUE NULLS NOT DISTINCT (tenant_id, staff_id, role, property_id)
);

CREATE INDEX role_grant_by_property ON app.role_grant (tenant_id, property_id, role);

alter table app.role_grant enable row level security;

alter table app.role_grant force row level security;

create policy tenant on app.role_grant using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.role_grant to serai_owner using (true) with check (true);

grant select on app.role_grant to serai_app;

grant insert on app.role_grant to serai_app;

grant delete on app.role_grant to serai_app;

CREATE TABLE app.room_status_event (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	room_id UUID NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	from_status TEXT NOT NULL, 
	to_status TEXT NOT NULL, 
	before JSONB NOT NULL, 
	after JSONB NOT NULL, 
	version INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	actor_kind TEXT NOT NULL, 
	actor_id UUID, 
	actor_name TEXT NOT NULL, 
	note TEXT, 
	reason TEXT, 
	CONSTRAINT room_status_event_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT room_status_event_room FOREIGN KEY(tenant_id, room_id) REFERENCES app.space (tenant_id, id), 
	CONSTRAINT room_status_event_from_status_known CHECK (from_status in ('OUT_OF_ORDER', 'OUT_OF_SERVICE', 'MAINTENANCE_REQUIRED', 'OCCUPIED', 'CHECKOUT_DIRTY', 'CLEANING_IN_PROGRESS', 'CLEANED_UNINSPECTED', 'READY_FOR_GUEST')), 
	CONSTRAINT room_status_event_to_status_known CHECK (to_status in ('OUT_OF_ORDER', 'OUT_OF_SERVICE', 'MAINTENANCE_REQUIRED', 'OCCUPIED', 'CHECKOUT_DIRTY', 'CLEANING_IN_PROGRESS', 'CLEANED_UNINSPECTED', 'READY_FOR_GUEST')), 
	CONSTRAINT room_status_event_source_known CHECK (source in ('HOUSEKEEPING', 'FRONT_DESK', 'SYSTEM', 'MANAGER_OVERRIDE')), 
	CONSTRAINT room_status_event_override_reason CHECK (source <> 'MANAGER_OVERRIDE' or reason is not null), 
	CONSTRAINT room_status_event_version UNIQUE (tenant_id, room_id, version)
);

alter table app.room_status_event enable row level security;

alter table app.room_status_event force row level security;

create policy tenant on app.room_status_event using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.room_status_event to serai_owner using (true) with check (true);

grant select on app.room_status_event to serai_app;

CREATE TABLE app.second_factor (
	tenant_id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	secret TEXT NOT NULL, 
	confirmed_at TIMESTAMP WITH TIME ZONE, 
	step INTEGER NOT NULL, 
	paper JSONB NOT NULL, 
	CONSTRAINT second_factor_pk PRIMARY KEY (tenant_id, staff_id), 
	CONSTRAINT second_factor_staff FOREIGN KEY(tenant_id, staff_id) REFERENCES app.staff (tenant_id, id)
);

alter table app.second_factor enable row level security;

alter table app.second_factor force row level security;

create policy tenant on app.second_factor using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.second_factor to serai_owner using (true) with check (true);

grant select on app.second_factor to serai_app;

grant insert on app.second_factor to serai_app;

grant update on app.second_factor to serai_app;

grant delete on app.second_factor to serai_app;

CREATE TABLE app.session (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	device TEXT NOT NULL, 
	started_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	used_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	ended_at TIMESTAMP WITH TIME ZONE, 
	reason TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT session_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT session_reason_known CHECK (reason in ('logout', 'refresh_token_reused', 'deactivated', 'phone_revoked', 'password_changed')), 
	CONSTRAINT session_staff FOREIGN KEY(tenant_id, staff_id) REFERENCES app.staff (tenant_id, id)
);

CREATE INDEX session_by_staff ON app.session (tenant_id, staff_id, started_at);

alter table app.session enable row level security;

alter table app.session force row level security;

create policy tenant on app.session using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.session to serai_owner using (true) with check (true);

grant select on app.session to serai_app;

grant insert on app.session to serai_app;

grant update on app.session to serai_app;

grant delete on app.session to serai_app;

CREATE TABLE app.phone_session (
	tenant_id UUID NOT NULL, 
	session_id UUID NOT NULL, 
	phone_id UUID NOT NULL, 
	CONSTRAINT phone_session_pk PRIMARY KEY (tenant_id, session_id), 
	CONSTRAINT phone_session_session FOREIGN KEY(tenant_id, session_id) REFERENCES app.session (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX phone_session_by_phone ON app.phone_session (tenant_id, phone_id);

alter table app.phone_session enable row level security;

alter table app.phone_session force row level security;

create policy tenant on app.phone_session using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.phone_session to serai_owner using (true) with check (true);

grant select on app.phone_session to serai_app;

grant insert on app.phone_session to serai_app;

grant update on app.phone_session to serai_app;

grant delete on app.phone_session to serai_app;

CREATE TABLE app.refresh_token (
	tenant_id UUID NOT NULL, 
	hash BYTEA NOT NULL, 
	session_id UUID NOT NULL, 
	issued_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	used_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT refresh_token_pk PRIMARY KEY (tenant_id, hash), 
	CONSTRAINT refresh_token_session FOREIGN KEY(tenant_id, session_id) REFERENCES app.session (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX refresh_token_by_session ON app.refresh_token (tenant_id, session_id);

alter table app.refresh_token enable row level security;

alter table app.refresh_token force row level security;

create policy tenant on app.refresh_token using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.refresh_token to serai_owner using (true) with check (true);

grant select on app.refresh_token to serai_app;

grant insert on app.refresh_token to serai_app;

grant update on app.refresh_token to serai_app;

grant delete on app.refresh_token to serai_app;

CREATE TABLE app.stay (
	tenant_id UUID NOT NULL, 
	id UUID NOT NULL, 
	property_id UUID NOT NULL, 
	booking_reference TEXT NOT NULL, 
	line INTEGER NOT NULL, 
	room_id UUID, 
	room_type TEXT, 
	guest_reference TEXT, 
	guest_name TEXT, 
	arrival TIMESTAMP WITH TIME ZONE NOT NULL, 
	departure TIMESTAMP WITH TIME ZONE NOT NULL, 
	adults INTEGER NOT NULL, 
	children INTEGER NOT NULL, 
	vip BOOLEAN NOT NULL, 
	eta TIMESTAMP WITH TIME ZONE, 
	etd TIMESTAMP WITH TIME ZONE, 
	service_nights INTEGER, 
	state TEXT NOT NULL, 
	last_event_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	said JSONB NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT stay_pk PRIMARY KEY (tenant_id, id), 
	CONSTRAINT stay_booking_line UNIQUE (tenant_id, property_id, booking_reference, line), 
	CONSTRAINT stay_booking FOREIGN KEY(tenant_id, property_id, booking_reference) REFERENCES app.booking (tenant_id, property_id, booking_reference), 
	CONSTRAINT stay_state_known CHECK (state in ('confirmed', 'cancelled', 'no_show', 'checked_in', 'completed')), 
	CONSTRAINT stay_arrival_first CHECK (arrival <= departure), 
	CONSTRAINT stay_counts_positive CHECK (line > 0 and version > 0), 
	CONSTRAINT stay_guests_not_negative CHECK (adults >= 0 and children >= 0)
);

CREATE INDEX stay_by_arrival ON app.stay (tenant_id, property_id, arrival, id);

CREATE INDEX stay_by_departure ON app.stay (tenant_id, property_id, departure);

CREATE INDEX stay_by_room ON app.stay (tenant_id, room_id, state, departure);

alter table app.stay enable row level security;

alter table app.stay force row level security;

create policy tenant on app.stay using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

create policy owner on app.stay to serai_owner using (true) with check (true);

grant select on app.stay to serai_app;

grant insert on app.stay to serai_app;

grant update on app.stay to serai_app;

grant delete on app.stay to serai_app;

create table app.journal_default partition of app.journal default;
alter table app.journal_default enable row level security;
alter table app.journal_default force row level security;
create policy tenant on app.journal_default using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));
create policy owner on app.journal_default to serai_owner using (true) with check (true);

create function app.make_journal_partitions(since date, months int) returns int language plpgsql as $$
declare
    month date := date_trunc('month', since)::date;
    name text;
    since_at timestamptz;
    until_at timestamptz;
    made int := 0;
begin
    for i in 1 .. months loop
        name := 'journal_' || to_char(month, 'YYYY_MM');
        if to_regclass('app.' || name) is null then
            since_at := month::timestamp at time zone 'UTC';
            until_at := date_trunc('month', (month + 31)::timestamp) at time zone 'UTC';
            -- what was written before the month had its partition lies in the default one, and moves
            execute format('create table app.%I (like app.journal including defaults including constraints)', name);
            execute format('insert into app.%I select * from app.journal_default where at >= %L and at < %L',
                name, since_at, until_at);
            delete from app.journal_default where at >= since_at and at < until_at;
            execute format('alter table app.journal attach partition app.%I for values from (%L) to (%L)',
                name, since_at, until_at);
            execute format('alter table app.%I enable row level security', name);
            execute format('alter table app.%I force row level security', name);
            execute format('create policy tenant on app.%I using (tenant_id = (select app.current_tenant()))', name);
            execute format('create policy owner on app.%I to serai_owner using (true) with check (true)', name);
            made := made + 1;
        end if;
        month := date_trunc('month', (month + 31)::timestamp);
    end loop;
    return made;
end$$;
revoke all on function app.make_journal_partitions(date, int) from public;

grant usage, create on schema directory to serai_directory;
create table directory.tenant (
    tenant_id uuid constraint tenant_pk primary key,
    code text not null constraint tenant_code unique,
    name text not null,
    platform boolean not null
);
create table directory.login (
    login text not null,
    tenant_id uuid not null constraint login_tenant references directory.tenant,
    staff_id uuid not null,
    constraint login_pk primary key (login, tenant_id)
);
create index login_by_staff on directory.login (tenant_id, staff_id);
create table directory.api_key (
    hash bytea constraint api_key_pk primary key,
    tenant_id uuid not null constraint api_key_tenant references directory.tenant
);
create table directory.connection (
    via text not null,
    address text not null,
    tenant_id uuid not null constraint connection_tenant references directory.tenant,
    connection_id uuid not null,
    constraint directory_connection_pk primary key (via, address)
);
create table directory.attempt (
    account bytea constraint attempt_pk primary key,
    first_at timestamptz not null,
    tries int not null
);
create index attempt_by_age on directory.attempt (first_at);
grant usage on schema app to serai_directory;
grant execute on function app.current_tenant() to serai_directory;
create function directory.tenant_by_code(wanted text) returns setof directory.tenant language sql stable rows 1 as
$$select * from directory.tenant where code = wanted$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.tenant_by_code(text) from public;
grant execute on function directory.tenant_by_code(text) to serai_app;
alter function directory.tenant_by_code(text) owner to serai_directory;
create function directory.logins(wanted text) returns table (tenant_id uuid, staff_id uuid, code text, name text) language sql stable rows 1 as
$$select l.tenant_id, l.staff_id, t.code, t.name from directory.login l join directory.tenant t using (tenant_id)
  where l.login = wanted order by t.code limit 20$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.logins(text) from public;
grant execute on function directory.logins(text) to serai_app;
alter function directory.logins(text) owner to serai_directory;
create function directory.tenant_of_key(wanted bytea) returns uuid language sql stable as
$$select tenant_id from directory.api_key where hash = wanted$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.tenant_of_key(bytea) from public;
grant execute on function directory.tenant_of_key(bytea) to serai_app;
alter function directory.tenant_of_key(bytea) owner to serai_directory;
create function directory.add_tenant(new_code text, new_name text, is_platform boolean) returns boolean language plpgsql as
$$begin
    insert into directory.tenant (tenant_id, code, name, platform)
    values (app.current_tenant(), new_code, new_name, is_platform) on conflict (code) do nothing;
    return found;
end$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.add_tenant(text, text, boolean) from public;
grant execute on function directory.add_tenant(text, text, boolean) to serai_app;
alter function directory.add_tenant(text, text, boolean) owner to serai_directory;
create function directory.set_logins(person uuid, names text[]) returns void language plpgsql as
$$begin
    delete from directory.login where tenant_id = app.current_tenant() and staff_id = person;
    insert into directory.login (login, tenant_id, staff_id)
    select distinct name, app.current_tenant(), person from unnest(names) name;
end$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.set_logins(uuid, text[]) from public;
grant execute on function directory.set_logins(uuid, text[]) to serai_app;
alter function directory.set_logins(uuid, text[]) owner to serai_directory;
create function directory.add_key(new_hash bytea) returns void language sql as
$$insert into directory.api_key (hash, tenant_id) values (new_hash, app.current_tenant())$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.add_key(bytea) from public;
grant execute on function directory.add_key(bytea) to serai_app;
alter function directory.add_key(bytea) owner to serai_directory;
create function directory.drop_key(old_hash bytea) returns void language sql as
$$delete from directory.api_key where hash = old_hash and tenant_id = app.current_tenant()$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.drop_key(bytea) from public;
grant execute on function directory.drop_key(bytea) to serai_app;
alter function directory.drop_key(bytea) owner to serai_directory;
create function directory.connections(kind text, place text) returns setof directory.connection language sql stable rows 10 as
$$select * from directory.connection where via = kind and (place is null or address = place) order by address$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.connections(text, text) from public;
grant execute on function directory.connections(text, text) to serai_app;
alter function directory.connections(text, text) owner to serai_directory;
create function directory.add_connection(kind text, place text, new_id uuid) returns boolean language plpgsql as
$$begin
    insert into directory.connection (via, address, tenant_id, connection_id)
    values (kind, place, app.current_tenant(), new_id) on conflict (via, address) do nothing;
    return found;
end$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.add_connection(text, text, uuid) from public;
grant execute on function directory.add_connection(text, text, uuid) to serai_app;
alter function directory.add_connection(text, text, uuid) owner to serai_directory;
create function directory.drop_connection(kind text, place text) returns void language sql as
$$delete from directory.connection where via = kind and address = place and tenant_id = app.current_tenant()$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.drop_connection(text, text) from public;
grant execute on function directory.drop_connection(text, text) to serai_app;
alter function directory.drop_connection(text, text) owner to serai_directory;
create function directory.attempt(who bytea[], at timestamptz, since timestamptz, most int[]) returns timestamptz language plpgsql as
$$declare
    counted record;
begin
    delete from directory.attempt where account in (
        select account from directory.attempt where first_at <= since order by first_at limit 10
        for update skip locked);
    for i in 1 .. array_length(who, 1) loop
        insert into directory.attempt as a (account, first_at, tries) values (who[i], at, 1)
        on conflict (account) do update set
            first_at = case when a.first_at <= since then excluded.first_at else a.first_at end,
            tries = case when a.first_at <= since then 1 else least(a.tries + 1, most[i] + 1) end
        returning a.tries, a.first_at into counted;
        if counted.tries > most[i] then
            return counted.first_at;
        end if;
    end loop;
    return null;
end$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.attempt(bytea[], timestamptz, timestamptz, int[]) from public;
grant execute on function directory.attempt(bytea[], timestamptz, timestamptz, int[]) to serai_app;
alter function directory.attempt(bytea[], timestamptz, timestamptz, int[]) owner to serai_directory;
create function directory.succeed(who bytea[]) returns void language plpgsql as
$$begin
    delete from directory.attempt where account = who[1];
    for i in 2 .. array_length(who, 1) loop
        update directory.attempt set tries = tries - 1 where account = who[i] and tries > 0;
    end loop;
end$$
security definer set search_path = directory, pg_temp;
revoke all on function directory.succeed(bytea[]) from public;
grant execute on function directory.succeed(bytea[]) to serai_app;
alter function directory.succeed(bytea[]) owner to serai_directory;
alter table directory.tenant owner to serai_directory;
alter table directory.login owner to serai_directory;
alter table directory.api_key owner to serai_directory;
alter table directory.connection owner to serai_directory;
alter table directory.attempt owner to serai_directory;
revoke create on schema directory from serai_directory;

-- The only writer of a room's status: the columns and the line of history, in one go.
-- Owned by serai_status, which owns no table and has no BYPASSRLS, so that the policies hold inside it.
-- No row comes back when the room's version is another by now.

grant select on app.space to serai_status;
grant update (
    occupancy, condition, service, guest_service, repair_required, stay_id, queue,
    cleaned_at, inspected_at, status_changed_at, version
) on app.space to serai_status;
grant insert on app.room_status_event to serai_status;

create function app.set_room_status(
    p_tenant uuid, p_room uuid, p_version int, p_next int,
    p_occupancy text, p_condition text, p_service text, p_guest_service text, p_repair int, p_stay uuid, p_queue boolean,
    p_cleaned timestamptz, p_inspected timestamptz, p_at timestamptz,
    p_event uuid, p_from text, p_to text, p_source text,
    p_actor_kind text, p_actor uuid, p_actor_name text, p_note text, p_reason text
) returns setof uuid language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    was app.space;
    became app.space;
begin
    select * into was from app.space s
        where s.tenant_id = p_tenant and s.id = p_room and s.kind = 'room' and s.version = p_version for update;
    if not found then
        return;
    end if;
    if p_next <= p_version then
        raise check_violation using message = 'the version of a room rises with its status';
    end if;
    update app.space s set
        occupancy = p_occupancy, condition = p_condition, service = p_service, guest_service = p_guest_service,
        repair_required = p_repair, stay_id = p_stay, queue = p_queue,
        cleaned_at = p_cleaned, inspected_at = p_inspected, status_changed_at = p_at, version = p_next
        where s.tenant_id = p_tenant and s.id = p_room
        returning s.* into became;
    insert into app.room_status_event (
        tenant_id, id, property_id, room_id, at, from_status, to_status, before, after, version,
        source, actor_kind, actor_id, actor_name, note, reason
    ) values (
        p_tenant, p_event, was.property_id, p_room, p_at, p_from, p_to,
        jsonb_build_object('occupancy', was.occupancy, 'condition', was.condition, 'service', was.service,
            'guest_service', was.guest_service, 'repair_required', was.repair_required, 'stay_id', was.stay_id,
            'queue', was.queue),
        jsonb_build_object('occupancy', became.occupancy, 'condition', became.condition, 'service', became.service,
            'guest_service', became.guest_service, 'repair_required', became.repair_required, 'stay_id', became.stay_id,
            'queue', became.queue),
        p_next, p_source, p_actor_kind, p_actor, p_actor_name, p_note, p_reason
    );
    return next p_room;
end$$;

grant create on schema app to serai_status;
alter function app.set_room_status owner to serai_status;
revoke create on schema app from serai_status;
revoke all on function app.set_room_status from public;
grant execute on function app.set_room_status to serai_app;
