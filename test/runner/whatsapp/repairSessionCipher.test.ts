import * as libsignal from 'libsignal';
import { repairSessionCipher } from '../../../runner/whatsapp/repairSessionCipher';
import { silenceLibsignal } from '../../../runner/whatsapp/silenceLibsignal';

interface KeyPair {
	pubKey: Buffer;
	privKey: Buffer;
}
const { curve, keyhelper, ProtocolAddress, SessionBuilder, SessionCipher, SessionRecord } =
	libsignal as unknown as typeof libsignal & {
		curve: { generateKeyPair(): KeyPair };
		keyhelper: {
			generateRegistrationId(): number;
			generateSignedPreKey(
				identity: KeyPair,
				id: number,
			): { keyId: number; keyPair: KeyPair; signature: Buffer };
		};
	};

/** One end of a conversation, its sessions stored serialised as any real store keeps them. */
class Peer {
	private readonly identity = curve.generateKeyPair();
	private readonly registrationId = keyhelper.generateRegistrationId();
	private readonly signedPreKey = keyhelper.generateSignedPreKey(this.identity, 1);
	private readonly sessions = new Map<string, string>();
	readonly address: libsignal.ProtocolAddress;

	constructor(name: string) {
		this.address = new ProtocolAddress(name, 0);
	}

	/** Begins a new session with the other, as a client does whenever it has asked for devices. */
	async startSession(other: Peer): Promise<void> {
		await new SessionBuilder(this.storage, other.address).initOutgoing({
			identityKey: other.identity.pubKey,
			registrationId: other.registrationId,
			signedPreKey: {
				keyId: 1,
				publicKey: other.signedPreKey.keyPair.pubKey,
				signature: other.signedPreKey.signature,
			},
		} as unknown as Parameters<libsignal.SessionBuilder['initOutgoing']>[0]);
	}

	async encrypt(other: Peer, text: string): Promise<{ type: number; body: Buffer }> {
		const { type, body } = await new SessionCipher(this.storage, other.address).encrypt(
			Buffer.from(text),
		);
		return { type, body: Buffer.from(body as unknown as Buffer) };
	}

	async decrypt(other: Peer, { type, body }: { type: number; body: Buffer }): Promise<string> {
		const cipher = new SessionCipher(this.storage, other.address);
		const plain =
			type === 3
				? await cipher.decryptPreKeyWhisperMessage(body)
				: await cipher.decryptWhisperMessage(body);
		return plain.toString();
	}

	private get storage(): libsignal.SignalStorage {
		return {
			loadSession: (id) => {
				const stored = this.sessions.get(id);
				return Promise.resolve(
					stored ? SessionRecord.deserialize(JSON.parse(stored) as Uint8Array) : null,
				);
			},
			storeSession: (id, session) => {
				this.sessions.set(id, JSON.stringify(session.serialize()));
				return Promise.resolve();
			},
			isTrustedIdentity: () => true,
			loadPreKey: () => Promise.resolve(undefined),
			removePreKey: () => undefined,
			loadSignedPreKey: () => this.signedPreKey.keyPair,
			getOurRegistrationId: () => this.registrationId,
			getOurIdentity: () => this.identity,
		};
	}
}

test('a message of an old session does not damage the new one', async () => {
	silenceLibsignal();
	repairSessionCipher();
	const [ann, bob] = [new Peer('ann'), new Peer('bob')];
	await ann.startSession(bob);
	expect(await bob.decrypt(ann, await ann.encrypt(bob, '1'))).toBe('1');
	expect(await ann.decrypt(bob, await bob.encrypt(ann, '2'))).toBe('2');
	// Bob writes in the first session while Ann begins a second one.
	expect(await bob.decrypt(ann, await ann.encrypt(bob, '3'))).toBe('3');
	const underWay = await bob.encrypt(ann, 'in the old session');
	await ann.startSession(bob);
	const first = await ann.encrypt(bob, 'in the new session');
	expect(await ann.decrypt(bob, underWay)).toBe('in the old session');
	expect(await bob.decrypt(ann, first)).toBe('in the new session');
	expect(await ann.decrypt(bob, await bob.encrypt(ann, 'answer'))).toBe('answer');
	expect(await bob.decrypt(ann, await ann.encrypt(bob, 'and back'))).toBe('and back');
});
