import type { BinaryNode } from '@whiskeysockets/baileys';
import { SenderKeyMessage } from '@whiskeysockets/baileys/lib/Signal/Group/index.js';
import { PreKeyWhisperMessage, WhisperMessage } from 'libsignal/src/protobufs.js';
import { bytesOf } from '../stanzas/element';

/** Version byte before, authentication code behind. */
const MAC_BYTES = 8;

/** Why a simulated phone could not read a part of a stanza, and which part: causes must be told apart. */
export class UnreadableError extends Error {
	override readonly name = 'UnreadableError';
	/** `pkmsg`, `msg` or `skmsg`. */
	readonly type: string;

	constructor(enc: BinaryNode, cause: unknown) {
		super(cause instanceof Error ? cause.message : String(cause), { cause });
		this.type = enc.attrs.type ?? '';
		this.place = toPlace(this.type, bytesOf(enc) ?? Buffer.alloc(0));
	}

	/** Where it stands in its ratchet: the prekey it names, its chain, its number. */
	readonly place: string;
}

function toPlace(type: string, bytes: Buffer): string {
	try {
		if (type === 'skmsg') {
			const message = new SenderKeyMessage(null, null, null, null, bytes);
			return `sender key ${message.getKeyId()}, number ${message.getIteration()}`;
		}
		if (type !== 'pkmsg') return toNumber(bytes);
		const { preKeyId, message } = PreKeyWhisperMessage.decode(bytes.subarray(1));
		return `prekey ${preKeyId}, ${toNumber(Buffer.from(message))}`;
	} catch {
		return 'not a message of Signal';
	}
}

function toNumber(bytes: Buffer): string {
	const message = WhisperMessage.decode(bytes.subarray(1, -MAC_BYTES));
	const chain = Buffer.from(message.ephemeralKey).toString('hex').slice(2, 10);
	return `chain ${chain}, number ${message.counter}`;
}
