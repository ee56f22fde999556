import { randomBytes } from 'node:crypto';
import { Agent } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { downloadMediaMessage } from '@whiskeysockets/baileys';
import {
	startSimulator,
	type Contact,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

const FILE = randomBytes(100_000);

describe('the life of a media file', () => {
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let client: PlainClient;
	let device: LinkedDevice;
	const trusted = getCACertificates('default');

	beforeAll(async () => {
		simulator = await startSimulator();
		setDefaultCACertificates([...trusted, simulator.caCertificate]);
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222' });
		const fetchAgent = new Agent({ ca: simulator.caCertificate });
		({ client, device } = await linkPlainClient(simulator, phone, { fetchAgent }));
	});

	afterEach(() => {
		phone.reuploads = 'always';
		simulator.media.disturbDownloads(undefined);
		simulator.media.uploadDisturbance = undefined;
	});

	afterAll(async () => {
		client.end();
		setDefaultCACertificates(trusted);
		await simulator.stop();
	});

	const receive = async () => {
		const id = await contact.sendMedia(phone, 'document', FILE, { fileName: 'a.bin' });
		return { id, path: contact.pathOf(id), message: await client.message(id) };
	};

	test('a file of the client is downloaded and verified by the contact', async () => {
		const sent = await client.socket.sendMessage(contact.pn, { document: FILE, mimetype: 'a/b' });
		const received = await contact.receive(({ id }) => id === sent?.key.id);
		expect(await contact.download(received)).toEqual(FILE);
		const path = received.message.documentMessage?.directPath ?? '';
		for (const how of ['flipByte', 'truncate', 'empty'] as const) {
			simulator.media.tamper(path, how);
			await expect(contact.download(received)).rejects.toThrow('hash');
		}
		simulator.media.expire(path);
		simulator.media.missingStatus = 404;
		await expect(contact.download(received)).rejects.toThrow('404');
		simulator.media.missingStatus = 410;
	});

	test('a message that names wrong hashes, or a wrong key, is found out', async () => {
		const { message } = await receive();
		const document = message.message?.documentMessage ?? {};
		const open = (fields: object) =>
			simulator.media.download({ documentMessage: { ...document, ...fields } });
		const wrong = Buffer.alloc(32);
		expect(() => open({ fileSha256: wrong })).toThrow('The decrypted file has another hash');
		expect(() => open({ fileEncSha256: wrong })).toThrow('The encrypted file has another hash');
		expect(() => open({ mediaKey: wrong })).toThrow('wrong authentication code');
	});

	test('another content under the same key has a right code and wrong hashes', async () => {
		const { path, message } = await receive();
		simulator.media.tamper(path, 'otherContent');
		// Baileys checks neither hash.
		expect(await downloadMediaMessage(message, 'buffer', {})).toEqual(
			Buffer.from('another content'),
		);
		expect(() => simulator.media.download(message.message ?? {})).toThrow('hash');
	});

	test('uploads and downloads are counted', async () => {
		const { path, message } = await receive();
		const { uploads } = simulator.media;
		await downloadMediaMessage(message, 'buffer', {});
		await downloadMediaMessage(message, 'buffer', {});
		expect(simulator.media.downloadsOf(path)).toBe(2);
		await client.socket.sendMessage(contact.pn, { document: FILE, mimetype: 'a/b' });
		expect(simulator.media.uploads).toBe(uploads + 1);
	});

	test('a part of a file can be asked for', async () => {
		const { path } = await receive();
		const headers = { range: 'bytes=10-19' };
		const response = await fetch(`https://${simulator.media.host}${path}`, { headers });
		expect(response.status).toBe(206);
		const part = Buffer.from(await response.arrayBuffer());
		expect(part).toEqual(simulator.media.find(path)?.subarray(10, 20));
	});

	test('a download can break off, hang and be slow', async () => {
		const { path, message } = await receive();
		const url = `https://${simulator.media.host}${path}`;
		// With plain fetch: downloadMediaMessage never settles when the connection breaks off.
		simulator.media.disturbDownloads('cutOff', path);
		await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow();
		simulator.media.disturbDownloads({ pauseMs: 1 }, path);
		expect(await downloadMediaMessage(message, 'buffer', {})).toEqual(FILE);
		simulator.media.disturbDownloads('hang', path);
		const signal = AbortSignal.timeout(100);
		await expect(fetch(url, { signal })).rejects.toThrow();
		simulator.media.disturbDownloads(undefined, path);
		expect(await downloadMediaMessage(message, 'buffer', {})).toEqual(FILE);
	});

	test('an upload can break off', async () => {
		simulator.media.uploadDisturbance = 'cutOff';
		const upload = client.socket.sendMessage(contact.pn, { document: FILE, mimetype: 'a/b' });
		await expect(upload).rejects.toThrow('upload failed');
	});

	test('a file that has expired is uploaded again by the phone', async () => {
		const { id, path, message } = await receive();
		simulator.media.expire(path);
		const updated = await client.socket.updateMediaMessage(message);
		expect(phone.mediaRequests).toContain(id);
		expect(updated.message?.documentMessage?.directPath).not.toBe(path);
		// Baileys writes WhatsApp's own host into the address.
		const url = `https://${simulator.media.host}${updated.message?.documentMessage?.directPath}`;
		const content = { ...updated.message?.documentMessage, url };
		expect(
			await downloadMediaMessage(
				{ ...updated, message: { documentMessage: content } },
				'buffer',
				{},
			),
		).toEqual(FILE);
		await device.drained();
	});

	test("so is one of the client's own", async () => {
		const sent = await client.socket.sendMessage(contact.pn, { document: FILE, mimetype: 'a/b' });
		await phone.receiveCopy((copy) => copy.id === sent?.key.id);
		if (!sent) throw new Error('not sent');
		simulator.media.expire(sent.message?.documentMessage?.directPath ?? '');
		const { message } = await client.socket.updateMediaMessage(sent);
		expect(simulator.media.find(message?.documentMessage?.directPath ?? '')).toBeDefined();
	});

	test.each([
		['notFound', 'Failed to re-upload media (2)'],
		['failed', 'GENERAL_ERROR'],
	] as const)('a phone that answers %s does not', async (reuploads, error) => {
		const { path, message } = await receive();
		simulator.media.expire(path);
		phone.reuploads = reuploads;
		await expect(client.socket.updateMediaMessage(message)).rejects.toThrow(error);
	});

	test('64 MB come and go within seconds', async () => {
		const large = Buffer.alloc(64 * 1024 * 1024, 'large');
		const id = await contact.sendMedia(phone, 'document', large);
		const message = await client.message(id);
		const stream = await downloadMediaMessage(message, 'stream', {});
		let bytes = 0;
		for await (const chunk of stream) bytes += (chunk as Buffer).length;
		expect(bytes).toBe(large.length);
		const sent = await client.socket.sendMessage(contact.pn, { document: large, mimetype: 'a/b' });
		const received = await contact.receive((found) => found.id === sent?.key.id);
		expect((await contact.download(received)).equals(large)).toBe(true);
	});
});
