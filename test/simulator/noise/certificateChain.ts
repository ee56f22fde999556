import { Curve, proto, WA_CERT_DETAILS, type KeyPair } from '@whiskeysockets/baileys';

/** What the server presents: the right chain, or one with a single fault. */
export type ServerCertificate = 'valid' | 'wrongRoot' | 'wrongLeafSignature' | 'otherStaticKey';

/** The keys a server certificate is made of. */
export interface CertificateKeys {
	readonly root: KeyPair;
	readonly intermediate: KeyPair;
	/** The server's Noise static key, which the leaf certifies. */
	readonly serverStatic: KeyPair;
}

const LEAF_SERIAL = 2;
const INTERMEDIATE_SERIAL = 1;

/** Signs the chain root → intermediate → server static key; bytes of a `CertChain`. */
export function createCertificateChain(keys: CertificateKeys, kind: ServerCertificate): Buffer {
	const root = kind === 'wrongRoot' ? Curve.generateKeyPair() : keys.root;
	const leafSigner = kind === 'wrongLeafSignature' ? Curve.generateKeyPair() : keys.intermediate;
	const leafKey = kind === 'otherStaticKey' ? Curve.generateKeyPair() : keys.serverStatic;
	const intermediate = toDetails(
		INTERMEDIATE_SERIAL,
		WA_CERT_DETAILS.SERIAL,
		keys.intermediate.public,
	);
	const leaf = toDetails(LEAF_SERIAL, INTERMEDIATE_SERIAL, leafKey.public);
	const chain = proto.CertChain.encode({
		intermediate: { details: intermediate, signature: Curve.sign(root.private, intermediate) },
		leaf: { details: leaf, signature: Curve.sign(leafSigner.private, leaf) },
	});
	return Buffer.from(chain.finish());
}

function toDetails(serial: number, issuerSerial: number, key: Uint8Array): Buffer {
	const day = 24 * 60 * 60;
	const now = Math.floor(Date.now() / 1000);
	const details = proto.CertChain.NoiseCertificate.Details.encode({
		serial,
		issuerSerial,
		key,
		notBefore: now - day,
		notAfter: now + 365 * day,
	});
	return Buffer.from(details.finish());
}
