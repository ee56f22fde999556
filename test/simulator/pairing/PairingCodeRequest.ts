import { createCipheriv, createDecipheriv, hkdfSync, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { Curve, type BinaryNode } from '@whiskeysockets/baileys';
import { decryptGcm } from '../noise/gcm';
import { withoutTypeByte } from '../signal/libsignal';
import type { SignalParty } from '../signal/SignalParty';
import { nowSeconds } from '../stanzas/bigEndian';
import {
	bytesOf,
	childOf,
	element,
	errorOf,
	requireBytes,
	resultOf,
	SERVER_JID,
	textElement,
} from '../stanzas/element';
import { toJidParts } from '../stanzas/jid';
import { isAcceptedPlatform } from './isAcceptedPlatform';
import type { UnlinkedClient } from './UnlinkedClient';

const SALT_BYTES = 32;
const CTR_IV_BYTES = 16;
const GCM_IV_BYTES = 12;
const CODE_ROUNDS = 131_072;
const KEY_BYTES = 32;
const BAD_REQUEST = 400;

const deriveKey = promisify(pbkdf2);

/** A client's request to be linked with a code, and the key exchange that follows. */
export class PairingCodeRequest {
	private finished: BinaryNode | undefined;

	private constructor(
		private readonly client: UnlinkedClient,
		private readonly wrappedEphemeral: Buffer,
		private readonly ref: string,
	) {}

	/** Takes `companion_hello`; undefined when the server refuses it. */
	static receive(
		client: UnlinkedClient,
		iq: BinaryNode,
		hello: BinaryNode,
	): PairingCodeRequest | undefined {
		const display = bytesOf(childOf(hello, 'companion_platform_display'))?.toString('utf8') ?? '';
		const refusal =
			client.context.faults.refusePairingCodes ??
			(isAcceptedPlatform(display) ? undefined : { code: BAD_REQUEST, text: 'bad-request' });
		if (refusal) {
			client.send(errorOf(iq, refusal.code, refusal.text));
			return undefined;
		}
		const wrapped = requireBytes(hello, 'link_code_pairing_wrapped_companion_ephemeral_pub');
		const request = new PairingCodeRequest(client, wrapped, randomBytes(18).toString('base64'));
		client.codeRequest = request;
		const ref = textElement('link_code_pairing_ref', request.ref);
		client.send(
			resultOf(iq, [element('link_code_companion_reg', { stage: 'companion_hello' }, [ref])]),
		);
		client.context.pairing.askForCode(toJidParts(hello.attrs.jid)?.user ?? '', client);
		return request;
	}

	/** Takes `companion_finish`. */
	finish(stage: BinaryNode): void {
		this.finished = stage;
	}

	/** Does the phone's part with the code its owner typed; the secret to link with, or an error. */
	async accept(phone: SignalParty, code: string): Promise<Buffer> {
		const companion = await unwrap(this.wrappedEphemeral, code);
		const ephemeral = Curve.generateKeyPair();
		this.finished = undefined;
		this.client.send(
			element(
				'notification',
				{
					from: SERVER_JID,
					type: 'link_code_companion_reg',
					id: this.client.createId(),
					t: nowSeconds(),
				},
				[
					element('link_code_companion_reg', { stage: 'primary_hello' }, [
						element(
							'link_code_pairing_wrapped_primary_ephemeral_pub',
							{},
							await wrap(ephemeral.public, code),
						),
						element('primary_identity_pub', {}, withoutTypeByte(phone.identity.pubKey)),
						textElement('link_code_pairing_ref', this.ref),
					]),
				],
			),
		);
		const stage = await this.client.until(() => this.finished, 'sending companion_finish');
		const shared = Curve.sharedKey(ephemeral.private, companion);
		const bundle = openBundle(requireBytes(stage, 'link_code_pairing_wrapped_key_bundle'), shared);
		const companionIdentity = bundle.subarray(0, KEY_BYTES);
		if (!companionIdentity.equals(this.client.identityKey)) {
			throw new Error('The client paired with another identity than it registered');
		}
		const random = bundle.subarray(2 * KEY_BYTES);
		const identities = Curve.sharedKey(phone.identity.privKey, companionIdentity);
		const secret = Buffer.concat([shared, identities, random]);
		return Buffer.from(hkdfSync('sha256', secret, '', 'adv_secret', KEY_BYTES));
	}
}

function openBundle(wrapped: Buffer, shared: Buffer): Buffer {
	const salt = wrapped.subarray(0, SALT_BYTES);
	const iv = wrapped.subarray(SALT_BYTES, SALT_BYTES + GCM_IV_BYTES);
	const info = 'link_code_pairing_key_bundle_encryption_key';
	const key = Buffer.from(hkdfSync('sha256', shared, salt, info, KEY_BYTES));
	try {
		return decryptGcm(wrapped.subarray(SALT_BYTES + GCM_IV_BYTES), key, iv);
	} catch {
		throw new Error('The pairing code is wrong');
	}
}

async function unwrap(wrapped: Buffer, code: string): Promise<Buffer> {
	const salt = wrapped.subarray(0, SALT_BYTES);
	const iv = wrapped.subarray(SALT_BYTES, SALT_BYTES + CTR_IV_BYTES);
	const key = await deriveKey(code, salt, CODE_ROUNDS, KEY_BYTES, 'sha256');
	const decipher = createDecipheriv('aes-256-ctr', key, iv);
	return Buffer.concat([
		decipher.update(wrapped.subarray(SALT_BYTES + CTR_IV_BYTES)),
		decipher.final(),
	]);
}

async function wrap(publicKey: Uint8Array, code: string): Promise<Buffer> {
	const salt = randomBytes(SALT_BYTES);
	const iv = randomBytes(CTR_IV_BYTES);
	const key = await deriveKey(code, salt, CODE_ROUNDS, KEY_BYTES, 'sha256');
	const cipher = createCipheriv('aes-256-ctr', key, iv);
	return Buffer.concat([salt, iv, cipher.update(publicKey), cipher.final()]);
}
