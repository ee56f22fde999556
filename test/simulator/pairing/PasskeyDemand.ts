import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Curve, proto, type BinaryNode } from '@whiskeysockets/baileys';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import type { Assertion } from '../accounts/Passkey';
import type { Phone } from '../accounts/Phone';
import type { PasskeyRule } from '../Faults';
import { decryptGcm } from '../noise/gcm';
import { nowSeconds } from '../stanzas/bigEndian';
import {
	bytesOf,
	childOf,
	childrenOf,
	element,
	errorOf,
	requireBytes,
	resultOf,
	SERVER_JID,
	textElement,
} from '../stanzas/element';
import type { UnlinkedClient } from './UnlinkedClient';

const KEY_BYTES = 32;
const CODE_BYTES = 5;
/** The alphabet of the codes that WhatsApp shows: no 0, I, O and U. */
const CODE_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTVWXYZ';
/** A person looks for their passkey in a browser. */
const TIMEOUT_MS = 60_000;
const BAD_REQUEST = 400;

interface DemandOptions {
	readonly phone: Phone;
	/** The secret of the QR code that was scanned. */
	readonly scannedSecret: Buffer;
	readonly rule: PasskeyRule;
}

/**
 * WhatsApp's and the phone's part of linking an account with a passkey: a challenge for a browser, an
 * exchange of keys, and a request to link that only the phone can open.
 */
export class PasskeyDemand {
	private readonly challenge = randomBytes(KEY_BYTES);
	private readonly ref = randomBytes(18).toString('base64');
	private readonly primary = Curve.generateKeyPair();
	private readonly primaryNonce = randomBytes(KEY_BYTES);
	private companion: proto.CompanionEphemeralIdentity | undefined;
	private commitment: Buffer | undefined;
	private linking: Promise<LinkedDevice> | undefined;

	constructor(
		private readonly client: UnlinkedClient,
		private readonly options: DemandOptions,
	) {
		const { hasOptions } = options.rule;
		this.notify('passkey_prologue_request', hasOptions ? [this.optionsElement()] : []);
	}

	/** The device, once the client has answered everything. */
	async settle(): Promise<LinkedDevice> {
		return await this.client.until(() => this.linking, 'answering the challenge', TIMEOUT_MS);
	}

	/** Takes a query of the exchange; false when it is about something else. */
	answer(iq: BinaryNode): boolean {
		const [child] = childrenOf(iq);
		const { client } = this;
		switch (child?.tag) {
			case 'passkey_request_options':
				client.send(resultOf(iq, [this.optionsElement()]));
				return true;
			case 'ref':
				client.send(resultOf(iq, [textElement('ref', this.ref)]));
				return true;
			case 'passkey_prologue':
				this.takePrologue(iq, child);
				return true;
			case 'companion_nonce':
				this.takeNonce(bytesOf(child) ?? Buffer.alloc(0));
				client.send(resultOf(iq));
				return true;
			case 'encrypted_pairing_request':
				this.takeRequest(iq, bytesOf(child) ?? Buffer.alloc(0));
				return true;
			default:
				return false;
		}
	}

	private takePrologue(iq: BinaryNode, prologue: BinaryNode): void {
		const { phone, scannedSecret } = this.options;
		const assertion = JSON.parse(
			requireBytes(prologue, 'webauthn_assertion').toString(),
		) as Assertion;
		const isOwn = requireBytes(prologue, 'credential_id').equals(phone.passkey.credentialId);
		if (!isOwn || !phone.passkey.verifies(assertion, this.challenge)) {
			this.client.send(errorOf(iq, BAD_REQUEST, 'bad-request'));
			return;
		}
		const payload = requireBytes(prologue, 'prologue_payload');
		const { companionEphemeralIdentity, commitment } = proto.ProloguePayload.decode(payload);
		this.companion = proto.CompanionEphemeralIdentity.decode(companionEphemeralIdentity ?? payload);
		this.commitment = Buffer.from(commitment?.hash ?? []);
		const key = hkdfSync('sha256', scannedSecret, '', 'shortcake-passkey-handoff-v1', KEY_BYTES);
		const proof = createHmac('sha256', Buffer.from(key)).update(payload).digest();
		const shown = bytesOf(childOf(prologue, 'pairing_handoff_proof'));
		if (shown && !shown.equals(proof)) throw new Error('The proof of the scanned code is wrong');
		this.client.send(resultOf(iq));
		this.notify('crsc_continuation', [
			element(
				'primary_ephemeral_identity',
				{},
				proto.PrimaryEphemeralIdentity.encode({
					publicKey: this.primary.public,
					nonce: this.primaryNonce,
				}).finish(),
			),
		]);
	}

	private takeNonce(nonce: Buffer): void {
		const { companion, commitment, primary, primaryNonce } = this;
		if (!companion || !commitment) throw new Error('The client shows a nonce nobody asked for');
		const identity = proto.CompanionEphemeralIdentity.encode(companion).finish();
		if (!digestOf(identity, nonce).equals(commitment)) {
			throw new Error('The client’s nonce is not the one that it has promised');
		}
		const digest = digestOf(nonce, primary.public);
		this.options.phone.passkey.shownCode = toCode(primaryNonce.subarray(0, CODE_BYTES), digest);
		this.client.changed.notify();
	}

	private takeRequest(iq: BinaryNode, sealed: Buffer): void {
		const { companion, primary, client } = this;
		if (!companion?.publicKey) throw new Error('The client asks to be linked before the exchange');
		const { encryptedPayload, iv } = proto.EncryptedPairingRequest.decode(sealed);
		const shared = Curve.sharedKey(primary.private, companion.publicKey);
		const salt = `Companion Pairing ${companion.deviceType} with ref ${companion.ref}`;
		const key = hkdfSync('sha256', shared, salt, 'Pairing Information Encryption Key', KEY_BYTES);
		const request = proto.PairingRequest.decode(
			decryptGcm(Buffer.from(encryptedPayload ?? []), Buffer.from(key), Buffer.from(iv ?? [])),
		);
		if (
			!client.noiseKey.equals(Buffer.from(request.companionPublicKey ?? [])) ||
			!client.identityKey.equals(Buffer.from(request.companionIdentityKey ?? []))
		) {
			throw new Error('The client asks to be linked with other keys than it registered');
		}
		client.send(resultOf(iq));
		this.linking = client.link(this.options.phone, Buffer.from(request.advSecret ?? []));
		client.changed.notify();
	}

	private optionsElement(): BinaryNode {
		return textElement(
			'passkey_request_options',
			JSON.stringify({
				challenge: this.challenge.toString('base64url'),
				timeout: this.options.rule.timeoutMs,
				rpId: 'whatsapp.com',
				allowCredentials: [],
				userVerification: 'required',
				extensions: { uvm: true },
			}),
		);
	}

	private notify(type: string, content: BinaryNode[]): void {
		const { client } = this;
		const attributes = { from: SERVER_JID, type, id: client.createId(), t: nowSeconds() };
		client.send(element('notification', attributes, content));
	}
}

function digestOf(...parts: Uint8Array[]): Buffer {
	return createHash('sha256').update(Buffer.concat(parts)).digest();
}

/** Five bytes as eight characters with a dash between. */
function toCode(nonce: Buffer, digest: Buffer): string {
	let bits = 0n;
	for (const [at, byte] of nonce.entries()) bits = (bits << 8n) | BigInt(byte ^ (digest[at] ?? 0));
	const characters = Array.from({ length: 8 }, (_, at) =>
		CODE_ALPHABET.charAt(Number((bits >> BigInt(35 - 5 * at)) & 31n)),
	);
	return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`;
}
