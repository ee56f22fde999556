import type { AutomaticRequest, AutomaticView } from '../../contract';
import type { Database, Row } from '../storage/Database';
import { openOrNull, seal } from '../storage/encryption/sealedColumns';

interface SettingsRow extends Row {
	read: number;
	own_messages: number;
	download: number;
	messages_per_minute: number | null;
	reject_calls: number;
	reject_calls_text: string | null;
}

/** What an instance does by itself unless it is told otherwise. */
export const DEFAULT_AUTOMATIC: Readonly<AutomaticView> = {
	read: false,
	ownMessages: false,
	download: true,
	messagesPerMinute: null,
	rejectCalls: false,
	rejectCallsText: null,
};

/** What each instance does by itself. Read at every message, so it is kept in memory once it was asked for. */
export class InstanceSettings {
	private readonly views = new Map<string, AutomaticView>();

	constructor(private readonly database: Database) {}

	of(instanceId: string): AutomaticView {
		const known = this.views.get(instanceId);
		if (known) return known;
		const view = this.read(instanceId);
		this.views.set(instanceId, view);
		return view;
	}

	/** What is left out stays as it is. Gives the settings as they are from now on. */
	async change(instanceId: string, request: AutomaticRequest): Promise<AutomaticView> {
		const view = { ...this.of(instanceId), ...withoutUndefined(request) };
		await this.database.write([
			{
				sql: `INSERT INTO instance_settings (instance_id, read, own_messages, download,
					messages_per_minute, reject_calls, reject_calls_text)
					VALUES (?1, ?2, ?3, ?4, ?5, ?6, ${seal('instance_settings.reject_calls_text', '?7', '?1')})
					ON CONFLICT (instance_id) DO UPDATE SET read = excluded.read,
					own_messages = excluded.own_messages, download = excluded.download,
					messages_per_minute = excluded.messages_per_minute,
					reject_calls = excluded.reject_calls, reject_calls_text = excluded.reject_calls_text`,
				params: [
					instanceId,
					Number(view.read),
					Number(view.ownMessages),
					Number(view.download),
					view.messagesPerMinute,
					Number(view.rejectCalls),
					view.rejectCallsText,
				],
			},
		]);
		this.views.set(instanceId, view);
		return view;
	}

	/** The instance's rows are gone: so is what is kept of it here. */
	forget(instanceId: string): void {
		this.views.delete(instanceId);
	}

	private read(instanceId: string): AutomaticView {
		const row = this.database.get<SettingsRow>(
			`SELECT read, own_messages, download, messages_per_minute, reject_calls,
			${openOrNull('instance_settings.reject_calls_text')} FROM instance_settings
			WHERE instance_id = ?`,
			instanceId,
		);
		if (!row) return { ...DEFAULT_AUTOMATIC };
		return {
			read: row.read === 1,
			ownMessages: row.own_messages === 1,
			download: row.download === 1,
			messagesPerMinute: row.messages_per_minute,
			rejectCalls: row.reject_calls === 1,
			rejectCallsText: row.reject_calls_text,
		};
	}
}

function withoutUndefined(request: AutomaticRequest): Partial<AutomaticView> {
	return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}
