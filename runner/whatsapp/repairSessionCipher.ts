import { libsignal } from './libsignal';

/** What libsignal's own types leave out: the steps of a decryption. */
interface SignalSession {
	getChain(ephemeralKey: Uint8Array): unknown;
	serialize(): unknown;
	constructor: { deserialize(serialized: unknown): object };
}
interface DecryptionSteps {
	maybeStepRatchet: (
		this: unknown,
		session: SignalSession,
		remoteKey: Uint8Array,
		previousCounter: number,
	) => void;
	doDecryptWhisperMessage: (
		this: unknown,
		data: Uint8Array,
		session: SignalSession,
	) => Promise<Buffer>;
}

let isRepaired = false;

/**
 * Makes a failed decryption leave no trace, which libsignal 6.0.0 does not: it tries a message on
 * every session of a contact, a wrong session steps its ratchet before the MAC is checked, and that
 * damage is saved as soon as another session fits. Two peers whose messages cross while one of them
 * rebuilds its session then cannot read each other any more. Only a step of the ratchet does lasting
 * damage, so only then is the session copied.
 */
export function repairSessionCipher(): void {
	if (isRepaired) return;
	isRepaired = true;
	const steps = libsignal.SessionCipher.prototype as unknown as DecryptionSteps;
	const { maybeStepRatchet, doDecryptWhisperMessage } = steps;
	const beforeStep = new WeakMap<SignalSession, unknown>();

	steps.maybeStepRatchet = function (session, remoteKey, previousCounter) {
		if (!session.getChain(remoteKey)) beforeStep.set(session, session.serialize());
		maybeStepRatchet.call(this, session, remoteKey, previousCounter);
	};
	steps.doDecryptWhisperMessage = async function (data, session) {
		try {
			return await doDecryptWhisperMessage.call(this, data, session);
		} catch (error) {
			const before = beforeStep.get(session);
			if (before !== undefined) Object.assign(session, session.constructor.deserialize(before));
			throw error;
		} finally {
			beforeStep.delete(session);
		}
	};
}
