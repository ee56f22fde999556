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

/** Serialised keys by type and id; null is a deletion. */
type KeyChanges = Map<string, { type: string; id: string; value: string | null }>;

/**
 * The Signal keys of one connection, as the commit barrier needs them: `set` only stages, serialised
 * at once because Baileys goes on changing what it gave; `get` reads staged, then being written, then
 * stored, without letting any other task in between (a commit that fell inside a half-done
 * decryption would tear a ratchet).
 */
export class SignalKeyStore implements BaileysKeyStore {
	private staged: KeyChanges = new Map();
	private inFlight: KeyChanges = new Map();

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
				this.staged.set(`${type}\n${id}`, {
					type,
					id,
					value:
						value === null || value === undefined
							? null
							: JSON.stringify(value, BufferJSON.replacer),
				});
			}
		}
		this.onStaged();
	}

	/** One key, synchronously. */
	read<T extends KeyType>(type: T, id: string): SignalDataTypeMap[T] | undefined {
		const change = this.staged.get(`${type}\n${id}`) ?? this.inFlight.get(`${type}\n${id}`);
		const serialised = change ? change.value : this.repository.read(this.instanceId, type, id);
		if (serialised === null || serialised === undefined) return undefined;
		const value: unknown = JSON.parse(serialised, BufferJSON.reviver);
		// Baileys gives and expects this one type as a protobuf message, which JSON does not keep.
		const key =
			type === 'app-state-sync-key'
				? proto.Message.AppStateSyncKeyData.fromObject(value as Record<string, unknown>)
				: value;
		return key as SignalDataTypeMap[T];
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
		this.inFlight = new Map();
	}
}
