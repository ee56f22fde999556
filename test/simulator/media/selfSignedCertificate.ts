import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import {
	bitString,
	der,
	integer,
	objectIdentifier,
	octetString,
	sequence,
	TRUE,
	utcTime,
} from './der';

/** A certificate with its key, both PEM. */
export interface SelfSignedCertificate {
	readonly certificate: string;
	readonly key: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const VERSION_3 = der(0xa0, der(0x02, Buffer.of(2)));
const ECDSA_SHA256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const COMMON_NAME = objectIdentifier('2.5.4.3');
const SUBJECT_ALTERNATIVE_NAME = objectIdentifier('2.5.29.17');
const BASIC_CONSTRAINTS = objectIdentifier('2.5.29.19');

/** Makes a certificate for 127.0.0.1 and localhost, or for another host, that is its own authority. */
export function createSelfSignedCertificate(host?: string): SelfSignedCertificate {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	// A name of its own: OpenSSL looks authorities up by name, and gives up at the first that does not fit.
	const commonName = `WhatsApp Web simulator ${randomBytes(8).toString('hex')}`;
	const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName)))));
	const now = Date.now();
	const loopback = host === undefined ? [der(0x87, Buffer.of(127, 0, 0, 1))] : [];
	const names = sequence(...loopback, der(0x82, Buffer.from(host ?? 'localhost', 'latin1')));
	const toBeSigned = sequence(
		VERSION_3,
		integer(randomBytes(8)),
		ECDSA_SHA256,
		name,
		sequence(utcTime(new Date(now - DAY_MS)), utcTime(new Date(now + 365 * DAY_MS))),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(
			0xa3,
			sequence(
				sequence(BASIC_CONSTRAINTS, TRUE, octetString(sequence(TRUE))),
				sequence(SUBJECT_ALTERNATIVE_NAME, octetString(names)),
			),
		),
	);
	const signature = sign('sha256', toBeSigned, privateKey);
	const certificate = sequence(toBeSigned, ECDSA_SHA256, bitString(signature));
	return {
		certificate: toPem('CERTIFICATE', certificate),
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	};
}

function toPem(label: string, content: Buffer): string {
	const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
	return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
