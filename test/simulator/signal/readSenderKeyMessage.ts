import { createDecipheriv } from 'node:crypto';
import {
	SenderKeyMessage,
	type SenderKeyRecord,
	type SenderKeyState,
	type SenderMessageKey,
} from '@whiskeysockets/baileys/lib/Signal/Group/index.js';
import { verifySignature } from './verifySignature';

const SIGNATURE_BYTES = 64;
/** How far a message may be ahead of the chain, as in Baileys. */
const MAX_STEPS = 2000;

/**
 * Decrypts a group message with a known sender key. Baileys' own cipher does the same, but checks the
 * signature in JavaScript: some 20 ms for every reader of every message.
 */
export function readSenderKeyMessage(record: SenderKeyRecord, bytes: Uint8Array): Buffer {
	const message = new SenderKeyMessage(null, null, null, null, bytes);
	const state = record.getSenderKeyState(message.getKeyId());
	if (!state) throw new Error('the sender key is unknown');
	const signed = bytes.subarray(0, bytes.length - SIGNATURE_BYTES);
	const signature = bytes.subarray(bytes.length - SIGNATURE_BYTES);
	if (!verifySignature(state.getSigningKeyPublic().subarray(-32), signed, signature)) {
		throw new Error('the signature of the sender is wrong');
	}
	const key = takeMessageKey(state, message.getIteration());
	const decipher = createDecipheriv('aes-256-cbc', key.getCipherKey(), key.getIv());
	return Buffer.concat([decipher.update(message.getCipherText()), decipher.final()]);
}

function takeMessageKey(state: SenderKeyState, iteration: number): SenderMessageKey {
	let chain = state.getSenderChainKey();
	if (chain.getIteration() > iteration) {
		const kept = state.removeSenderMessageKey(iteration);
		if (!kept) throw new Error('the message was read before');
		return kept;
	}
	if (iteration - chain.getIteration() > MAX_STEPS) throw new Error('the message is too far ahead');
	while (chain.getIteration() < iteration) {
		state.addSenderMessageKey(chain.getSenderMessageKey());
		chain = chain.getNext();
	}
	state.setSenderChainKey(chain.getNext());
	return chain.getSenderMessageKey();
}
