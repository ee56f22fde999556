import type { AutomaticRequest, AutomaticView } from '../../contract';
import { AddressGuard } from '../address';
import { readProxyAddress, toMaskedUrl, type ProxyAddress } from '../proxy/ProxyAddress';
import { toAllowedProxyUrl } from '../proxy/toAllowedProxyUrl';
import type { Database, Row } from '../storage/Database';
import { openOrNull, seal } from '../storage/encryption/sealedColumns';
import type { Statement } from '../storage/Statement';

interface SettingsRow extends Row {
	read: number;
	own_messages: number;
	download: number;
	messages_per_minute: number | null;
	reject_calls: number;
	reject_calls_text: string | null;
	proxy_url: string | null;
	has_proxy: number;
}

/** What an instance does by itself unless it is told otherwise. */
export const DEFAULT_AUTOMATIC: Readonly<AutomaticView> = {
	read: false,
	ownMessages: false,
	download: true,
	messagesPerMinute: null,
	rejectCalls: false,
	rejectCallsText: null,
	proxyUrl: null,
};

interface Stored extends Omit<AutomaticView, 'proxyUrl'> {
	/** With its password; undefined where what is stored cannot be read. */
	proxyUrl: string | null | undefined;
}

/** Nothing private is allowed, where nobody says otherwise. */
const STRICT = new AddressGuard({ allowHttpHosts: [], allowPrivateHosts: [] });

/** What each instance does by itself. Read at every message, so it is kept in memory once it was asked for. */
export class InstanceSettings {
	private readonly kept = new Map<string, { stored: Stored; view: AutomaticView }>();

	constructor(
		private readonly database: Database,
		private readonly guard: AddressGuard = STRICT,
	) {}

	of(instanceId: string): AutomaticView {
		return this.get(instanceId).view;
	}

	/** The proxy of an instance; null when it has none of its own. Throws when what is stored is damaged. */
	proxyOf(instanceId: string): ProxyAddress | null {
		const { proxyUrl } = this.get(instanceId).stored;
		if (proxyUrl === undefined) {
			throw new Error(
				'The address of the proxy of this instance is damaged on the disk. Set it once more, or null for none, then restart this instance.',
			);
		}
		return proxyUrl === null ? null : readProxyAddress(proxyUrl);
	}

	/**
	 * What is left out stays as it is. Gives the settings as they are from now on. Throws
	 * `invalid_proxy_url`, `proxy_address_refused`.
	 */
	async change(instanceId: string, request: AutomaticRequest): Promise<AutomaticView> {
		const { proxyUrl, ...others } = request;
		const stored = { ...this.get(instanceId).stored, ...withoutUndefined(others) };
		const statements = [toUpdate(instanceId, stored)];
		// Whoever sends back what was shown changes nothing: its password would be stars.
		if (
			proxyUrl !== undefined &&
			(proxyUrl === null || proxyUrl !== this.of(instanceId).proxyUrl)
		) {
			stored.proxyUrl = this.toAllowed(proxyUrl);
			statements.push(toProxyUpdate(instanceId, stored.proxyUrl));
		}
		await this.database.write(statements);
		return this.keep(instanceId, stored).view;
	}

	/** The rows that give a new instance its proxy. Throws as `change`. */
	stageProxy(instanceId: string, proxyUrl: string | null): Statement[] {
		if (proxyUrl === null) return [];
		const stored = { ...DEFAULT_AUTOMATIC, proxyUrl: this.toAllowed(proxyUrl) };
		return [toUpdate(instanceId, stored), toProxyUpdate(instanceId, stored.proxyUrl)];
	}

	/** The instance's rows are gone: so is what is kept of it here. */
	forget(instanceId: string): void {
		this.kept.delete(instanceId);
	}

	private toAllowed(proxyUrl: string | null): string | null {
		return proxyUrl === null ? null : toAllowedProxyUrl(this.guard, proxyUrl);
	}

	private get(instanceId: string): { stored: Stored; view: AutomaticView } {
		return this.kept.get(instanceId) ?? this.keep(instanceId, this.read(instanceId));
	}

	private keep(instanceId: string, stored: Stored): { stored: Stored; view: AutomaticView } {
		const entry = { stored, view: { ...stored, proxyUrl: toShown(stored.proxyUrl) } };
		this.kept.set(instanceId, entry);
		return entry;
	}

	private read(instanceId: string): Stored {
		const row = this.database.get<SettingsRow>(
			`SELECT read, own_messages, download, messages_per_minute, reject_calls,
				${openOrNull('instance_settings.reject_calls_text')},
				${openOrNull('instance_settings.proxy_url')}, proxy_url IS NOT NULL AS has_proxy
			FROM instance_settings WHERE instance_id = ?`,
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
			proxyUrl: row.proxy_url ?? (row.has_proxy === 1 ? undefined : null),
		};
	}
}

function toUpdate(instanceId: string, settings: Omit<AutomaticView, 'proxyUrl'>): Statement {
	return {
		sql: `INSERT INTO instance_settings (instance_id, read, own_messages, download,
			messages_per_minute, reject_calls, reject_calls_text)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ${seal('instance_settings.reject_calls_text', '?7', '?1')})
			ON CONFLICT (instance_id) DO UPDATE SET read = excluded.read,
			own_messages = excluded.own_messages, download = excluded.download,
			messages_per_minute = excluded.messages_per_minute,
			reject_calls = excluded.reject_calls, reject_calls_text = excluded.reject_calls_text`,
		params: [
			instanceId,
			Number(settings.read),
			Number(settings.ownMessages),
			Number(settings.download),
			settings.messagesPerMinute,
			Number(settings.rejectCalls),
			settings.rejectCallsText,
		],
	};
}

function toProxyUpdate(instanceId: string, proxyUrl: string | null): Statement {
	return {
		sql: `UPDATE instance_settings SET proxy_url = ${seal('instance_settings.proxy_url', '?')}
			WHERE instance_id = ?`,
		params: [proxyUrl, instanceId],
	};
}

function toShown(proxyUrl: string | null | undefined): string | null {
	if (proxyUrl === undefined) return 'damaged';
	return proxyUrl === null ? null : toMaskedUrl(readProxyAddress(proxyUrl));
}

function withoutUndefined<T extends object>(given: T): Partial<T> {
	return Object.fromEntries(
		Object.entries(given).filter(([, value]) => value !== undefined),
	) as Partial<T>;
}
