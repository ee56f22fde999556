import { createHash, createVerify, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const ORIGIN = 'https://web.whatsapp.com';
const RP_ID = 'whatsapp.com';
/** User present and user verified. */
const FLAGS = 0x05;

/** What a browser's `PublicKeyCredential.toJSON()` gives. */
export interface Assertion {
	id: string;
	rawId: string;
	type: 'public-key';
	authenticatorAttachment: string;
	response: {
		clientDataJSON: string;
		authenticatorData: string;
		signature: string;
		userHandle: string | null;
	};
	clientExtensionResults: Record<string, unknown>;
}

/** The passkey of an account: the browser's side that signs, and WhatsApp's that checks. */
export class Passkey {
	readonly credentialId = randomBytes(16);
	/** The code that the phone shows during the exchange. */
	shownCode: string | undefined;
	private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

	/** Answers a challenge, as `navigator.credentials.get()` does on web.whatsapp.com. */
	answer({ challenge }: { challenge: string }): Assertion {
		const clientData = Buffer.from(
			JSON.stringify({ type: 'webauthn.get', challenge, origin: ORIGIN, crossOrigin: false }),
		);
		const data = Buffer.concat([digest(Buffer.from(RP_ID)), Buffer.of(FLAGS, 0, 0, 0, 0)]);
		const signature = sign(
			'sha256',
			Buffer.concat([data, digest(clientData)]),
			this.keys.privateKey,
		);
		const id = this.credentialId.toString('base64url');
		return {
			id,
			rawId: id,
			type: 'public-key',
			authenticatorAttachment: 'platform',
			response: {
				clientDataJSON: clientData.toString('base64url'),
				authenticatorData: data.toString('base64url'),
				signature: signature.toString('base64url'),
				userHandle: null,
			},
			clientExtensionResults: {},
		};
	}

	/** Whether an answer is of this passkey, for this challenge, and made for WhatsApp. */
	verifies({ rawId, response }: Assertion, challenge: Buffer): boolean {
		const clientData = Buffer.from(response.clientDataJSON, 'base64url');
		const data = Buffer.from(response.authenticatorData, 'base64url');
		const said = JSON.parse(clientData.toString()) as { challenge: string; origin: string };
		return (
			Buffer.from(rawId, 'base64url').equals(this.credentialId) &&
			said.origin === ORIGIN &&
			Buffer.from(said.challenge, 'base64url').equals(challenge) &&
			data.subarray(0, 32).equals(digest(Buffer.from(RP_ID))) &&
			createVerify('sha256')
				.update(Buffer.concat([data, digest(clientData)]))
				.verify(this.keys.publicKey, Buffer.from(response.signature, 'base64url'))
		);
	}
}

function digest(bytes: Buffer): Buffer {
	return createHash('sha256').update(bytes).digest();
}
