import { Curve, proto } from '@whiskeysockets/baileys';
import { libsignal } from './libsignal';

interface CurveLibrary {
	verifySignature(publicKey: Buffer, message: Uint8Array, signature: Uint8Array): boolean;
}

const { curve } = libsignal as unknown as { curve: CurveLibrary };
const KEY_TYPE_DJB = Buffer.from([5]);

let isInstalled = false;

/**
 * Makes Baileys refuse servers that cannot prove who they are. Baileys 7.0.0-rc14 ignores what
 * libsignal says of a signature, so any certificate passes; nor does it compare the certified key
 * with the one the server used in the handshake, so that a copied certificate would pass as well.
 * Both are checked here. The account's signature at linking goes through the same function.
 */
export function verifyServer(): void {
	if (isInstalled) return;
	isInstalled = true;
	// The handshake is synchronous: the agreement just before a certificate check is its own.
	let lastAgreedKey: Uint8Array | undefined;
	const { sharedKey } = Curve;
	Curve.sharedKey = (privateKey, publicKey) => {
		lastAgreedKey = publicKey;
		return sharedKey(privateKey, publicKey);
	};
	Curve.verify = (publicKey, message, signature) => {
		if (!isSignatureOf(publicKey, message, signature)) return false;
		const certified = readCertifiedKey(message);
		if (!certified || certified.isIntermediate) return true;
		return lastAgreedKey !== undefined && Buffer.compare(certified.key, lastAgreedKey) === 0;
	};
}

function isSignatureOf(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
	const key =
		publicKey.length === 33 ? Buffer.from(publicKey) : Buffer.concat([KEY_TYPE_DJB, publicKey]);
	try {
		return curve.verifySignature(key, message, signature);
	} catch {
		// Keys and signatures of a wrong length throw: they verify nothing.
		return false;
	}
}

/** The key a Noise certificate speaks for; undefined for signed messages that are no certificate. */
function readCertifiedKey(
	message: Uint8Array,
): { key: Uint8Array; isIntermediate: boolean } | undefined {
	try {
		const details = proto.CertChain.NoiseCertificate.Details.decode(message);
		if (details.key?.length !== 32 || details.serial === undefined) return undefined;
		// The root (serial 0) issues the intermediate, the intermediate issues the leaf.
		return { key: details.key, isIntermediate: !details.issuerSerial };
	} catch {
		// An account signature covers bytes that are no protobuf message.
		return undefined;
	}
}
