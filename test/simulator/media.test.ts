import { Agent } from 'node:https';
import { readFileSync } from 'node:fs';
import { connect, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { downloadMediaMessage } from '@whiskeysockets/baileys';
import { startSimulator, type Contact, type Phone, type Simulator } from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

describe('media', () => {
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let client: PlainClient;
	const trusted = getCACertificates('default');

	beforeAll(async () => {
		simulator = await startSimulator();
		setDefaultCACertificates([...trusted, simulator.caCertificate]);
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222' });
		const fetchAgent = new Agent({ ca: simulator.caCertificate });
		({ client } = await linkPlainClient(simulator, phone, { fetchAgent }));
	});

	afterAll(async () => {
		client.end();
		setDefaultCACertificates(trusted);
		await simulator.stop();
	});

	test('an image of the client is uploaded, and the contact can decrypt it', async () => {
		const content = { image: PIXEL, caption: 'a pixel', jpegThumbnail: '' };
		const sent = await client.socket.sendMessage(contact.pn, content);
		const received = await contact.receive(({ id }) => id === sent?.key.id);
		expect(received).toMatchObject({ type: 'media', text: 'a pixel' });
		expect(simulator.media.download(received.message)).toEqual(PIXEL);
	});

	test('an image of the contact is downloaded and decrypted by the client', async () => {
		const id = await contact.sendMedia(phone, 'image', PIXEL, {
			caption: 'another',
			mimetype: 'image/png',
		});
		const message = await client.message(id);
		expect(message.message?.imageMessage?.caption).toBe('another');
		expect(await downloadMediaMessage(message, 'buffer', {})).toEqual(PIXEL);
	});

	test('a file that has expired is not there any more', async () => {
		const id = await contact.sendMedia(phone, 'document', Buffer.from('text'), {
			fileName: 'a.txt',
		});
		const message = await client.message(id);
		simulator.media.expire(message.message?.documentMessage?.directPath ?? '');
		await expect(downloadMediaMessage(message, 'buffer', {})).rejects.toThrow('fetch');
	});

	test('the certificate of the media host lies in a file, and an unaware client refuses the host', async () => {
		expect(readFileSync(simulator.caCertificateFile, 'utf8')).toBe(simulator.caCertificate);
		const [host, port] = simulator.media.host.split(':');
		const refusal = await new Promise<Error>((resolve) => {
			connect({ host, port: Number(port), ca: trusted }).on('error', resolve);
		});
		expect(refusal.message).toContain('self-signed');
	});
});
