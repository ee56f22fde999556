import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { extractMessageContent } from '@whiskeysockets/baileys';
import { SealedFile } from '../../../../runner/media/sealed/SealedFile';
import { downloadMedia } from '../../../../runner/whatsapp/media/downloadMedia';
import { MediaDamagedError, MediaGoneError } from '../../../../runner/whatsapp/media/mediaErrors';
import { readMediaConnection } from '../../../../runner/whatsapp/media/readMediaConnection';
import { requestReupload } from '../../../../runner/whatsapp/media/requestReupload';
import { toMediaPointer } from '../../../../runner/whatsapp/media/toMediaPointer';
import { uploadMedia } from '../../../../runner/whatsapp/media/uploadMedia';
import { startSimulator, type Contact, type Phone, type Simulator } from '../../../simulator';
import { seal, unseal } from '../../media/support/sealed';
import { linkPlainClient } from '../../../simulator/linkPlainClient';
import type { PlainClient } from '../../../simulator/PlainClient';

const CONTENT = randomBytes(30_000);

describe('media over a real connection', () => {
	const trusted = getCACertificates('default');
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let client: PlainClient;
	let folder: string;

	beforeAll(async () => {
		simulator = await startSimulator();
		setDefaultCACertificates([...trusted, simulator.caCertificate]);
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222' });
		({ client } = await linkPlainClient(simulator, phone));
		folder = await mkdtemp(join(tmpdir(), 'media-'));
	});
	afterAll(async () => {
		client.end();
		setDefaultCACertificates(trusted);
		await simulator.stop();
		await rm(folder, { recursive: true });
	});

	const receive = async () => {
		const id = await contact.sendMedia(phone, 'document', CONTENT, { fileName: 'a.bin' });
		const message = await client.message(id);
		const { pointer } = toMediaPointer(extractMessageContent(message.message) ?? {}) ?? {};
		const { hosts } = await readMediaConnection(client.socket);
		const options = { path: join(folder, id), maxBytes: 100_000, timeoutMs: 10_000 };
		return { message, pointer: pointer!, options: { ...options, mediaHosts: hosts } };
	};

	test('a file of a contact is fetched', async () => {
		const { pointer, options } = await receive();
		const downloaded = await downloadMedia(pointer, options);
		expect((await unseal({ ...options, ...downloaded })).equals(CONTENT)).toBe(true);
	});

	test('a contact can read a file that was uploaded', async () => {
		const file = new SealedFile(await seal(join(folder, 'out'), CONTENT));
		const media = await uploadMedia(client.socket, { file, kind: 'document' });
		const id = await client.socket.relayMessage(contact.pn, { documentMessage: media }, {});
		const received = await contact.receive((message) => message.id === id);
		expect(simulator.media.download(received.message).equals(CONTENT)).toBe(true);
	});

	test('a file that has expired is gone, until the phone uploads it again', async () => {
		const { message, pointer, options } = await receive();
		simulator.media.expire(pointer.directPath!);
		await expect(downloadMedia(pointer, options)).rejects.toBeInstanceOf(MediaGoneError);
		const asked = { key: message.key, mediaKey: pointer.mediaKey };
		const { directPath } = await requestReupload(client.socket, asked, { timeoutMs: 10_000 });
		const downloaded = await downloadMedia({ ...pointer, directPath }, options);
		expect((await unseal({ ...options, ...downloaded })).equals(CONTENT)).toBe(true);
	});

	test.each(['never', 'notFound', 'failed'] as const)(
		'a phone that uploads it %s: it stays gone',
		async (reuploads) => {
			phone.reuploads = reuploads;
			const { message, pointer } = await receive();
			const asked = { key: message.key, mediaKey: pointer.mediaKey };
			await expect(
				requestReupload(client.socket, asked, { timeoutMs: 500 }),
			).rejects.toBeInstanceOf(MediaGoneError);
		},
	);

	test.each(['flipByte', 'truncate', 'empty', 'otherContent'] as const)(
		'a file that was tampered with on the host is damaged: %s',
		async (how) => {
			const { pointer, options } = await receive();
			simulator.media.tamper(pointer.directPath!, how);
			await expect(downloadMedia(pointer, options)).rejects.toBeInstanceOf(MediaDamagedError);
		},
	);
});
