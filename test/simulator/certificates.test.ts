import { Curve } from '@whiskeysockets/baileys';
import { startSimulator, type ServerCertificate, type Simulator } from './index';
import { PlainClient } from './PlainClient';
import { integer } from './media/der';
import { libsignal, withTypeByte } from './signal/libsignal';

describe('the certificate chain of the server', () => {
	let simulator: Simulator;
	const { verify } = Curve;

	beforeAll(async () => {
		simulator = await startSimulator();
		// Baileys ignores what libsignal answers; here its answer counts.
		Curve.verify = (key, message, signature) =>
			libsignal.curve.verifySignature(withTypeByte(key), message, signature);
	});

	afterAll(async () => {
		Curve.verify = verify;
		await simulator.stop();
	});

	const outcome = async (kind: ServerCertificate): Promise<string> => {
		simulator.serverCertificate = kind;
		const client = new PlainClient(simulator).connect();
		const result = await Promise.race([
			client.qr().then(() => 'accepted'),
			client.closing().then(({ message }) => message),
		]);
		client.end();
		return result;
	};

	test('is accepted by a client that really checks it', async () => {
		expect(await outcome('valid')).toBe('accepted');
	});

	test('is refused when another root signed it', async () => {
		expect(await outcome('wrongRoot')).toBe('noise intermediate certificate signature invalid');
	});

	test('is refused when its leaf is not signed by the intermediate', async () => {
		expect(await outcome('wrongLeafSignature')).toBe('noise certificate signature invalid');
	});

	test('for another server key is not noticed by Baileys, which does not compare the keys', async () => {
		expect(await outcome('otherStaticKey')).toBe('accepted');
	});
});

test('the serial number of a certificate has no leading zeros, which TLS would refuse', () => {
	expect(integer(Buffer.of(0, 0x12))).toEqual(Buffer.of(2, 1, 0x12));
	expect(integer(Buffer.of(0, 0, 0x92))).toEqual(Buffer.of(2, 2, 0, 0x92));
	expect(integer(Buffer.of(0))).toEqual(Buffer.of(2, 1, 0));
});
