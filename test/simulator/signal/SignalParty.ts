import { Turns } from '../waiting/Turns';
import { libsignal, type PreKeyBundle, type SignalKeyPair, type SignalStore } from './libsignal';
import { QuietSessionRecord } from './QuietSessionRecord';
import { RestoringSessionCipher } from './RestoringSessionCipher';
import { SenderKeys } from './SenderKeys';
import { SigningKey } from './SigningKey';

/** How a ciphertext names itself in `<enc type>`. */
export type CipherType = 'pkmsg' | 'msg';

/** A ciphertext for one device. */
export interface Encrypted {
	readonly type: CipherType;
	readonly ciphertext: Buffer;
}

const PREKEY_MESSAGE = 3;
const SIGNED_PREKEY_ID = 1;
let parties = 0;

/** One phone's Signal keys and sessions, in memory. Peers are named by an address of the caller's choice. */
export class SignalParty {
	identity = new SigningKey();
	registrationId = createRegistrationId();
	senderKeys = new SenderKeys();
	private signedPreKey = libsignal.curve.generateKeyPair();
	private readonly preKeys = new Map<number, SignalKeyPair>();
	private readonly records = new Map<string, QuietSessionRecord>();
	private readonly turns = new Turns();
	private readonly store: SignalStore;
	/** Whether it is no phone but runs libsignal 6.0.0 as it is: trying a message on the wrong session damages that. */
	keepsFailedSteps = false;
	/** libsignal queues by address within the process, so each party has addresses of its own. */
	private readonly name = `simulated-${++parties}`;
	private nextPreKeyId = 1;

	constructor() {
		this.store = {
			loadSession: (address) => this.record(address),
			storeSession: () => undefined,
			isTrustedIdentity: () => true,
			loadPreKey: (id) => this.preKeys.get(id),
			removePreKey: (id) => void this.preKeys.delete(id),
			loadSignedPreKey: () => this.signedPreKey,
			getOurRegistrationId: () => this.registrationId,
			getOurIdentity: () => this.identity,
		};
	}

	/** A bundle with a one-time prekey of its own, for someone who begins a session with this party. */
	createBundle(): PreKeyBundle & { readonly preKey: { keyId: number; publicKey: Buffer } } {
		const keyId = this.nextPreKeyId++;
		const preKey = libsignal.curve.generateKeyPair();
		this.preKeys.set(keyId, preKey);
		return {
			registrationId: this.registrationId,
			identityKey: this.identity.pubKey,
			signedPreKey: {
				keyId: SIGNED_PREKEY_ID,
				publicKey: this.signedPreKey.pubKey,
				signature: this.identity.sign(this.signedPreKey.pubKey),
			},
			preKey: { keyId, publicKey: preKey.pubKey },
		};
	}

	/** Encrypts for a peer; `takeBundle` is asked only when there is no open session yet. */
	encrypt(peer: string, plaintext: Buffer, takeBundle: () => PreKeyBundle): Promise<Encrypted> {
		return this.turns.take(async () => {
			const address = this.address(peer);
			if (!this.record(address.toString()).haveOpenSession()) {
				await new libsignal.SessionBuilder(this.store, address).initOutgoing(takeBundle());
			}
			const { type, body } = await this.cipher(peer).encrypt(plaintext);
			return { type: type === PREKEY_MESSAGE ? 'pkmsg' : 'msg', ciphertext: Buffer.from(body) };
		});
	}

	/** Decrypts what a peer sent; a failed attempt leaves all sessions as they were, unless `keepsFailedSteps`. */
	decrypt(peer: string, { type, ciphertext }: Encrypted): Promise<Buffer> {
		return this.turns.take(() => {
			const cipher = this.cipher(peer);
			return type === 'pkmsg'
				? cipher.decryptPreKey(ciphertext)
				: cipher.decryptWhisper(ciphertext);
		});
	}

	/** Closes the session with a peer, so that the next message to it begins another; old ones stay readable. */
	startNewSession(peer: string): void {
		const record = this.record(this.address(peer).toString());
		const open = record.getOpenSession();
		if (open) record.closeSession(open);
	}

	/** Begins with a new identity, without any of its keys and sessions. */
	startOver(): void {
		this.identity = new SigningKey();
		this.registrationId = createRegistrationId();
		this.senderKeys = new SenderKeys();
		this.signedPreKey = libsignal.curve.generateKeyPair();
		this.preKeys.clear();
		this.records.clear();
	}

	/** Forgets every session with a peer: what comes in them cannot be read any more. */
	loseSessions(peer: string): void {
		this.records.delete(this.address(peer).toString());
	}

	private cipher(peer: string): RestoringSessionCipher {
		return new RestoringSessionCipher(this.store, this.address(peer), this.keepsFailedSteps);
	}

	private address(peer: string) {
		return new libsignal.ProtocolAddress(`${this.name}/${peer}`, 0);
	}

	private record(address: string): QuietSessionRecord {
		let record = this.records.get(address);
		if (!record) this.records.set(address, (record = new QuietSessionRecord()));
		return record;
	}
}

const createRegistrationId = (): number => 1 + Math.floor(Math.random() * 16380);
