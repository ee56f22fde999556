import {
	libsignal,
	type SessionCipher,
	type SessionEntry,
	type SessionRecord,
	type SignalAddress,
	type SignalStore,
} from './libsignal';

/** libsignal's entry class can read back what it wrote; its declarations do not say so. */
interface SessionEntryClass {
	deserialize(serialized: unknown): SessionEntry;
}

/** Where a PreKeyWhisperMessage carries the field `baseKey` (number 2, bytes). */
const BASE_KEY_FIELD = 0x12;

/** How libsignal marks the session that is written in. */
const OPEN = -1;

/** As it is published: a runner in this process may have mended it since. */
const { doDecryptWhisperMessage: published } = libsignal.SessionCipher.prototype as SessionCipher;

/**
 * A cipher for records that live in memory: an attempt that fails leaves no trace. libsignal 6.0.0
 * steps the ratchet before it checks the MAC, so trying a message on the wrong session damages it.
 * It also prints nothing, unlike libsignal.
 */
export class RestoringSessionCipher extends libsignal.SessionCipher {
	constructor(
		store: SignalStore,
		address: SignalAddress,
		/** Whether failed attempts leave their traces all the same. */
		private readonly keepsFailedSteps = false,
	) {
		super(store, address);
	}

	override async doDecryptWhisperMessage(data: Buffer, session: SessionEntry): Promise<Buffer> {
		if (this.keepsFailedSteps) return await published.call(this, data, session);
		const before = session.serialize();
		try {
			return await super.doDecryptWhisperMessage(data, session);
		} catch (error) {
			const entryClass = session.constructor as unknown as SessionEntryClass;
			Object.assign(session, entryClass.deserialize(before));
			throw error;
		}
	}

	/** Decrypts in whichever session with the peer fits, the most recently used first. */
	decryptWhisper(data: Buffer): Promise<Buffer> {
		return this.queueJob(async () => {
			const record = await this.getRecord();
			let failure: unknown = new Error('no session with the sender');
			for (const session of record.getSessions()) {
				try {
					const plaintext = await this.doDecryptWhisperMessage(data, session);
					session.indexInfo.used = Date.now();
					this.promote(record, session);
					return plaintext;
				} catch (error) {
					failure = error;
				}
			}
			throw failure;
		});
	}

	/** Decrypts the first messages of a session; the record is as before if that fails. */
	async decryptPreKey(data: Buffer): Promise<Buffer> {
		const record = await this.getRecord();
		const before = Object.entries(record.sessions).map(
			([key, session]) => [key, session, session.indexInfo.closed] as const,
		);
		closeForNewSession(record, data);
		try {
			const plaintext = await this.decryptPreKeyWhisperMessage(data);
			const baseKey = readBaseKey(data);
			if (baseKey) this.promote(record, record.sessions[baseKey]);
			return plaintext;
		} catch (error) {
			for (const key of Object.keys(record.sessions)) delete record.sessions[key];
			for (const [key, session, closed] of before) {
				session.indexInfo.closed = closed;
				record.sessions[key] = session;
			}
			throw error;
		}
	}

	/** Phones answer in the session in which they were written to last; libsignal 6.0.0 in the newest. */
	private promote(record: SessionRecord, session: SessionEntry | undefined): void {
		const open = record.getOpenSession();
		if (this.keepsFailedSteps || !session || open === session) return;
		if (open) record.closeSession(open);
		session.indexInfo.closed = OPEN;
	}
}

/** Closes the open session when the message begins another one; libsignal would do it with a warning. */
function closeForNewSession(record: SessionRecord, data: Buffer): void {
	const open = record.getOpenSession();
	const baseKey = readBaseKey(data);
	if (open && baseKey && record.sessions[baseKey] === undefined) record.closeSession(open);
}

/** The name of the session that a first message belongs to. */
function readBaseKey(data: Buffer): string | undefined {
	const at = data.indexOf(Buffer.of(BASE_KEY_FIELD, 33, 5));
	return at < 0 ? undefined : data.subarray(at + 2, at + 35).toString('base64');
}
