/** A table with sealed columns. */
export interface SealedTable {
	/** What its rows are walked through by. */
	key: readonly string[];
	/** What tells its rows apart, and does not change while a row lives: it is sealed in with the value. */
	row: readonly string[];
	columns: readonly string[];
	/**
	 * What its values are sealed as, where that is not `table.column`: a value moves between places of
	 * the same name as it is.
	 */
	names?: Readonly<Record<string, string>>;
}

/** Everything that is stored sealed. What is not in here is stored in plain. */
export const SEALED_TABLES = {
	credentials: { key: ['instance_id'], row: ['instance_id'], columns: ['value'] },
	archived_credentials: {
		key: ['rowid'],
		row: ['instance_id'],
		columns: ['value'],
		names: { value: 'credentials.value' },
	},
	signal_keys: {
		key: ['instance_id', 'type', 'id'],
		row: ['instance_id', 'type', 'id'],
		columns: ['value'],
	},
	instances: { key: ['id'], row: ['id'], columns: ['webhook_secret', 'push_name'] },
	instance_settings: {
		key: ['instance_id'],
		row: ['instance_id'],
		columns: ['reject_calls_text', 'proxy_url'],
	},
	previous_webhook_secrets: {
		key: ['rowid'],
		row: ['instance_id'],
		columns: ['secret'],
		names: { secret: 'instances.webhook_secret' },
	},
	subscriptions: { key: ['id'], row: ['id'], columns: ['secret'] },
	previous_subscription_secrets: {
		key: ['rowid'],
		row: ['subscription_id'],
		columns: ['secret'],
		names: { secret: 'subscriptions.secret' },
	},
	events: { key: ['rowid'], row: ['id'], columns: ['body'] },
	contacts: {
		key: ['instance_id', 'id'],
		row: ['instance_id', 'id'],
		columns: ['name', 'push_name'],
	},
	chats: { key: ['instance_id', 'id'], row: ['instance_id', 'id'], columns: ['name'] },
	groups: { key: ['instance_id', 'id'], row: ['instance_id', 'id'], columns: ['subject'] },
	media_files: { key: ['sha256'], row: ['sha256'], columns: ['file_name', 'content_key'] },
	messages: {
		key: ['seq'],
		row: ['instance_id', 'message_id', 'participant', 'from_me'],
		columns: ['text', 'details', 'content', 'sender_name'],
	},
	send_queue: {
		key: ['seq'],
		row: ['instance_id', 'message_id'],
		columns: ['content', 'upload'],
	},
	awaited_messages: {
		key: ['instance_id', 'key'],
		row: ['instance_id', 'key'],
		columns: ['message'],
	},
	idempotency_keys: {
		key: ['instance_id', 'key'],
		row: ['instance_id', 'key'],
		columns: ['body_hash'],
	},
	rosters: { key: ['instance_id', 'id'], row: ['instance_id', 'id'], columns: ['members'] },
	deliveries: { key: ['seq'], row: ['seq'], columns: ['attempts'] },
} as const satisfies Readonly<Record<string, SealedTable>>;

type Tables = typeof SEALED_TABLES;

/** `table.column` of everything that is stored sealed. */
export type SealedColumn = {
	[Table in keyof Tables]: `${Table}.${Tables[Table]['columns'][number]}`;
}[keyof Tables];

/**
 * SQL that seals a value for a column. In an UPDATE the row is known; in an INSERT the placeholders
 * of what tells the row apart must be given, in the order in which SEALED_TABLES has them.
 */
export function seal(column: SealedColumn, value: string, ...row: readonly string[]): string {
	return toCall('seal', column, value, row.length > 0 ? row : rowOf(column));
}

/** SQL that reads a sealed column, under its own name; `alias` is that of its table. */
export function open(column: SealedColumn, alias?: string): string {
	return `${opened(column, alias)} AS ${nameOf(column)}`;
}

/** SQL for the plain value of a sealed column, to be used within a larger expression. */
export function opened(column: SealedColumn, alias?: string): string {
	return toOpening('open', column, alias);
}

/**
 * As `open`, but null where the value does not open: for lists and queues, whose other rows are none
 * the worse. Where a column is never null, that is how a damaged value is known.
 */
export function openOrNull(column: SealedColumn, alias?: string): string {
	return `${openedOrNull(column, alias)} AS ${nameOf(column)}`;
}

/** As `opened`, but null where the value does not open. */
export function openedOrNull(column: SealedColumn, alias?: string): string {
	return toOpening('open_or_null', column, alias);
}

/** SQL that seals the value of a column anew. */
export function reseal(column: SealedColumn): string {
	return toCall('reseal', column, nameOf(column), rowOf(column));
}

function toOpening(name: string, column: SealedColumn, alias?: string): string {
	const prefix = alias === undefined ? '' : `${alias}.`;
	const row = rowOf(column).map((one) => prefix + one);
	return toCall(name, column, prefix + nameOf(column), row);
}

function toCall(name: string, column: SealedColumn, value: string, row: readonly string[]): string {
	return `${name}(${[value, `'${sealedAs(column)}'`, ...row].join(', ')})`;
}

function sealedAs(column: SealedColumn): string {
	return tableOf(column).names?.[nameOf(column)] ?? column;
}

function rowOf(column: SealedColumn): readonly string[] {
	return tableOf(column).row;
}

function nameOf(column: SealedColumn): string {
	return column.slice(column.indexOf('.') + 1);
}

function tableOf(column: SealedColumn): SealedTable {
	return SEALED_TABLES[column.slice(0, column.indexOf('.')) as keyof Tables];
}
