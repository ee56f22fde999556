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

/** A key as it is kept in memory: text, or the value itself where that is safe; null when there is none. */
type Kept = { text: string } | { value: unknown } | null;

interface KeyChange {
	type: string;
	id: string;
	kept: Kept;
}

/** Types without bytes in them: plain JSON does, in a fraction of the time. */
const PLAIN_TYPES: ReadonlySet<string> = new Set<KeyType>([
	'session',
	'lid-mapping',
	'device-list',
]);

/**
 * libsignal makes a new object of a session at each write and copies it at each read, so the value may
 * be kept as it is: a session is then written as text once a commit, not once a message.
 */
const UNSHARED_TYPE: KeyType = 'session';

/** Baileys files LIDs by phone, and phones by LID with this behind it. */
const REVERSE = '_reverse';

/** So many stored keys are kept at hand: those of the chats under way. */
const MAX_RECENT = 200;

/**
 * The Signal keys of one connection, as the commit barrier needs them: `set` only stages, serialised
 * at once where Baileys goes on changing what it gave; `get` reads staged, then being written, then
 * stored, without letting any other task in between (a commit that fell inside a half-done
 * decryption would tear a ratchet).
 */
export class SignalKeyStore implements BaileysKeyStore {
	private staged = new Map<string, KeyChange>();
	private inFlight = new Map<string, KeyChange>();
	private readonly recent = new Map<string, Kept>();

	constructor(
		private readonly repository: SignalKeyRepository,
		private readonly instanceId: string,
		private readonly onStaged: () => void,
		/** The phone (digits) behind a LID has become known. */
		private readonly onPhoneLearned: (lid: string, phone: string) => void = () => undefined,
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
				this.staged.set(`${type}\n${id}`, { type, id, kept: keep(type, value) });
				if (type === 'lid-mapping' && id.endsWith(REVERSE) && typeof value === 'string') {
					this.onPhoneLearned(`${id.slice(0, -REVERSE.length)}@lid`, value);
				}
			}
		}
		this.onStaged();
	}

	/** One key, synchronously. */
	read<T extends KeyType>(type: T, id: string): SignalDataTypeMap[T] | undefined {
		const place = `${type}\n${id}`;
		const change = this.staged.get(place) ?? this.inFlight.get(place);
		const kept = change ? change.kept : this.readStored(place, type, id);
		if (kept === null) return undefined;
		return 'text' in kept ? parse(type, kept.text) : (kept.value as SignalDataTypeMap[T]);
	}

	/**
	 * All keys of a type whose id begins so. They are not kept at hand: what is read for a walk through
	 * many would push out those of the chats under way.
	 */
	readAll<T extends KeyType>(type: T, beginning = ''): Map<string, SignalDataTypeMap[T]> {
		const texts = this.repository.readAll(this.instanceId, type, beginning);
		const found = new Map(texts.map(({ id, value }) => [id, parse(type, value)]));
		for (const change of [...this.inFlight.values(), ...this.staged.values()]) {
			if (change.type !== type || !change.id.startsWith(beginning)) continue;
			const value = this.read(type, change.id);
			if (value === undefined) found.delete(change.id);
			else found.set(change.id, value);
		}
		return found;
	}

	/** Statements for what was staged since; until `committed` they are still read from here. */
	takeStaged(): Statement[] {
		this.inFlight = this.staged;
		this.staged = new Map();
		return Array.from(this.inFlight.values(), ({ type, id, kept }) =>
			kept === null
				? this.repository.remove(this.instanceId, type, id)
				: this.repository.put(this.instanceId, type, id, toText(kept)),
		);
	}

	committed(): void {
		for (const [place, { type, kept }] of this.inFlight) {
			// Prekeys come by the hundred and are read once.
			if (type !== 'pre-key') this.remember(place, kept);
		}
		this.inFlight = new Map();
	}

	private readStored(place: string, type: KeyType, id: string): Kept {
		const known = this.recent.get(place);
		if (known !== undefined) return known;
		const text = this.repository.read(this.instanceId, type, id);
		const kept =
			text === undefined ? null : type === UNSHARED_TYPE ? { value: parse(type, text) } : { text };
		if (type !== 'pre-key') this.remember(place, kept);
		return kept;
	}

	private remember(place: string, kept: Kept): void {
		this.recent.delete(place);
		this.recent.set(place, kept);
		if (this.recent.size <= MAX_RECENT) return;
		const oldest = this.recent.keys().next().value;
		if (oldest !== undefined) this.recent.delete(oldest);
	}
}

function keep(type: string, value: unknown): Kept {
	if (value === null || value === undefined) return null;
	if (type === UNSHARED_TYPE) return { value };
	const text = PLAIN_TYPES.has(type)
		? JSON.stringify(value)
		: JSON.stringify(value, BufferJSON.replacer);
	return { text };
}

function toText(kept: NonNullable<Kept>): string {
	return 'text' in kept ? kept.text : JSON.stringify(kept.value);
}

function parse<T extends KeyType>(type: T, text: string): SignalDataTypeMap[T] {
	const value: unknown = PLAIN_TYPES.has(type)
		? JSON.parse(text)
		: JSON.parse(text, BufferJSON.reviver);
	// Baileys gives and expects this one type as a protobuf message, which JSON does not keep.
	const key =
		type === 'app-state-sync-key'
			? proto.Message.AppStateSyncKeyData.fromObject(value as Record<string, unknown>)
			: value;
	return key as SignalDataTypeMap[T];
}
