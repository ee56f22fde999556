import {
	BufferJSON,
	proto,
	type SignalDataSet,
	type SignalDataTypeMap,
	type SignalKeyStore as BaileysKeyStore,
} from '@whiskeysockets/baileys';
import type { SignalKeyRepository } from '../storage/SignalKeyRepository';
import type { Statement } from '../storage/Statement';

type KeyType = keyof SignalDataTypeMap;

interface KeyChange {
	type: string;
	id: string;
	/** Serialised; null is a deletion. */
	value: string | null;
}

/** Types without bytes in them: plain JSON does, in a fraction of the time. */
const PLAIN_TYPES: ReadonlySet<string> = new Set<KeyType>([
	'session',
	'lid-mapping',
	'device-list',
]);

/** So many stored keys are kept at hand, serialised: those of the chats under way. */
const MAX_RECENT = 200;

/**
 * The Signal keys of one connection, as the commit barrier needs them: `set` only stages, serialised
 * at once because Baileys goes on changing what it gave; `get` reads staged, then being written, then
 * stored, without letting any other task in between (a commit that fell inside a half-done
 * decryption would tear a ratchet).
 */
export class SignalKeyStore implements BaileysKeyStore {
	private staged = new Map<string, KeyChange>();
	private inFlight = new Map<string, KeyChange>();
	private readonly recent = new Map<string, string | null>();

	constructor(
		private readonly repository: SignalKeyRepository,
		private readonly instanceId: string,
		private readonly onStaged: () => void,
	) {}

	async get<T extends KeyType>(
		type: T,
		ids: string[],
	): Promise<Record<string, SignalDataTypeMap[T]>> {
		const found: Record<string, SignalDataTypeMap[T]> = {};
		for (const id of ids) {
			const value = this.read(type, id);
			if (value !== undefined) found[id] = value;
		}
		return found;
	}

	async set(data: SignalDataSet): Promise<void> {
		for (const [type, entries] of Object.entries(data)) {
			for (const [id, value] of Object.entries(entries)) {
				this.staged.set(`${type}\n${id}`, { type, id, value: serialise(type, value) });
			}
		}
		this.onStaged();
	}

	/** One key, synchronously. */
	read<T extends KeyType>(type: T, id: string): SignalDataTypeMap[T] | undefined {
		const place = `${type}\n${id}`;
		const change = this.staged.get(place) ?? this.inFlight.get(place);
		const serialised = change ? change.value : this.readStored(place, type, id);
		return serialised === null ? undefined : parse(type, serialised);
	}

	/** Statements for what was staged since; until `committed` they are still read from here. */
	takeStaged(): Statement[] {
		this.inFlight = this.staged;
		this.staged = new Map();
		return Array.from(this.inFlight.values(), ({ type, id, value }) =>
			value === null
				? this.repository.remove(this.instanceId, type, id)
				: this.repository.put(this.instanceId, type, id, value),
		);
	}

	committed(): void {
		for (const [place, { type, value }] of this.inFlight) {
			// Prekeys come by the hundred and are read once.
			if (type !== 'pre-key') this.remember(place, value);
		}
		this.inFlight = new Map();
	}

	private readStored(place: string, type: string, id: string): string | null {
		const known = this.recent.get(place);
		if (known !== undefined) return known;
		const stored = this.repository.read(this.instanceId, type, id) ?? null;
		if (type !== 'pre-key') this.remember(place, stored);
		return stored;
	}

	private remember(place: string, value: string | null): void {
		this.recent.delete(place);
		this.recent.set(place, value);
		if (this.recent.size <= MAX_RECENT) return;
		const oldest = this.recent.keys().next().value;
		if (oldest !== undefined) this.recent.delete(oldest);
	}
}

function serialise(type: string, value: unknown): string | null {
	if (value === null || value === undefined) return null;
	return PLAIN_TYPES.has(type) ? JSON.stringify(value) : JSON.stringify(value, BufferJSON.replacer);
}

function parse<T extends KeyType>(type: T, serialised: string): SignalDataTypeMap[T] {
	const value: unknown = PLAIN_TYPES.has(type)
		? JSON.parse(serialised)
		: JSON.parse(serialised, BufferJSON.reviver);
	// Baileys gives and expects this one type as a protobuf message, which JSON does not keep.
	const key =
		type === 'app-state-sync-key'
			? proto.Message.AppStateSyncKeyData.fromObject(value as Record<string, unknown>)
			: value;
	return key as SignalDataTypeMap[T];
}
