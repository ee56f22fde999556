import { proto, WA_CERT_DETAILS } from '@whiskeysockets/baileys';
import { withoutTypeByte } from '../signal/libsignal';
import { SigningKey } from '../signal/SigningKey';

/** What the server presents: the right chain, or one with a single fault. */
export type ServerCertificate = 'valid' | 'wrongRoot' | 'wrongLeafSignature' | 'otherStaticKey';

/** The keys a server certificate is made of. */
export interface CertificateKeys {
	readonly root: SigningKey;
	readonly intermediate: SigningKey;
	/** The server's Noise static key, which the leaf certifies. */
	readonly serverStatic: SigningKey;
}

const LEAF_SERIAL = 2;
const INTERMEDIATE_SERIAL = 1;

/** Signs the chain root → intermediate → server static key; bytes of a `CertChain`. */
export function createCertificateChain(keys: CertificateKeys, kind: ServerCertificate): Buffer {
	const root = kind === 'wrongRoot' ? new SigningKey() : keys.root;
	const leafSigner = kind === 'wrongLeafSignature' ? new SigningKey() : keys.intermediate;
	const leafKey = kind === 'otherStaticKey' ? new SigningKey() : keys.serverStatic;
	const intermediate = toDetails(
		INTERMEDIATE_SERIAL,
		WA_CERT_DETAILS.SERIAL,
		withoutTypeByte(keys.intermediate.pubKey),
	);
	const leaf = toDetails(LEAF_SERIAL, INTERMEDIATE_SERIAL, withoutTypeByte(leafKey.pubKey));
	const chain = proto.CertChain.encode({
		intermediate: { details: intermediate, signature: root.sign(intermediate) },
		leaf: { details: leaf, signature: leafSigner.sign(leaf) },
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
