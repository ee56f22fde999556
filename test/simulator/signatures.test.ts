import { randomBytes } from 'node:crypto';
import { libsignal, withoutTypeByte } from './signal/libsignal';
import { SigningKey } from './signal/SigningKey';
import { verifySignature } from './signal/verifySignature';

describe('XEdDSA with OpenSSL', () => {
	const message = randomBytes(80);
	const forged = Buffer.concat([message, Buffer.of(0)]);

	test('libsignal verifies what a simulated identity signs', () => {
		const key = new SigningKey();
		const signature = key.sign(message);
		expect(libsignal.curve.verifySignature(key.pubKey, message, signature)).toBe(true);
		expect(libsignal.curve.verifySignature(key.pubKey, forged, signature)).toBe(false);
	});

	test('what libsignal signs is verified, whatever the sign of the key', () => {
		for (let round = 0; round < 6; round++) {
			const { pubKey, privKey } = libsignal.curve.generateKeyPair();
			const signature = libsignal.curve.calculateSignature(privKey, message);
			const key = withoutTypeByte(pubKey);
			expect(verifySignature(key, message, signature)).toBe(true);
			expect(verifySignature(key, forged, signature)).toBe(false);
			expect(verifySignature(key, message, signature.subarray(1))).toBe(false);
		}
	});

	test('a simulated identity agrees on secrets as any other key', () => {
		const key = new SigningKey();
		const other = libsignal.curve.generateKeyPair();
		const mine = libsignal.curve.calculateAgreement(other.pubKey, key.privKey);
		expect(mine).toEqual(libsignal.curve.calculateAgreement(key.pubKey, other.privKey));
	});
});
