import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IBinaryData, INodeParameters } from 'n8n-workflow';
import type { SendResponse } from '../../../contract';
import { ApiWhatsAppWebApi } from '../../../credentials/ApiWhatsAppWebApi.credentials';
import { ApiWhatsAppWeb } from '../../../nodes/ApiWhatsAppWeb/ApiWhatsAppWeb.node';
import { RunnerProcess } from '../../endToEnd/RunnerProcess';
import { PNG } from '../../fakes/FakeRunner';
import type { Contact, Simulator } from '../../simulator';
import { type Phone, startSimulator } from '../../simulator';
import { LocalN8n } from '../ApiWhatsAppWebTrigger/LocalN8n';
import { keepBinaryOnDisk, readBinary, storeBinary } from '../keepBinaryOnDisk';
import { searchList } from '../searchList';
import { failOperation, runOperation } from './runOperation';

/* The whole way: node, session runner, WhatsApp's protocol, the other side's phone. */

jest.setTimeout(90_000);

let simulator: Simulator;
let runner: RunnerProcess;
let phone: Phone;
let contact: Contact;
let credential: { connection: string; url: string; apiKey: string; instanceId: string };
let disk: Awaited<ReturnType<typeof keepBinaryOnDisk>>;

beforeAll(async () => {
	disk = await keepBinaryOnDisk();
	simulator = await startSimulator();
	const env = { NODE_EXTRA_CA_CERTS: simulator.caCertificateFile, AWW_MESSAGES_PER_MINUTE: '0' };
	runner = new RunnerProcess({ simulator, env });
	await runner.start();
	const { id: instanceId, apiKey } = await runner.createInstance('whole way');
	credential = { connection: 'runner', url: runner.url, apiKey, instanceId };
	phone = simulator.createPhone({ number: '15550001111', name: 'Olivia' });
	contact = simulator.createContact({ number: '15550002222', name: 'Ben' });
	const { json } = await runOperation({ resource: 'instance', operation: 'connect' }, credential);
	const device = await phone.scan(json!.qr as string);
	await device.whenOnline();
});
afterAll(async () => {
	await runner.remove();
	await simulator.stop();
	disk.undo();
});

const fixture = (name: string) =>
	readFileSync(join(__dirname, '../../runner/media/voice/fixtures', name));

async function send(
	operation: string,
	parameters: INodeParameters,
	file?: IBinaryData,
): Promise<SendResponse> {
	const items = [{ json: {}, ...(file ? { binary: { data: file } } : {}) }];
	const given = { resource: 'message', operation, number: contact.number, ...parameters };
	const { json } = await runOperation(given, credential, { items });
	expect(json).toMatchObject({ jid: contact.pn, waitedMs: expect.any(Number) as unknown });
	return json as unknown as SendResponse;
}

const receive = async ({ messageId }: SendResponse) =>
	await contact.receive(({ id }) => id === messageId);

it('a picture that n8n keeps on disk', async () => {
	const png = Buffer.from(PNG, 'base64');
	const file = await storeBinary(png, { mimeType: 'image/png', fileName: 'dot.png' });
	const got = await receive(await send('sendImage', { caption: 'A dot' }, file));
	expect(got.text).toBe('A dot');
	expect(await contact.download(got)).toEqual(png);
});

it('a document with its name, whatever n8n takes it for', async () => {
	const bytes = Buffer.from('%PDF-1.4\nRechnung\n%%EOF\n');
	const file = await storeBinary(bytes, { fileName: 'Rechnung "ü".pdf' });
	const got = await receive(await send('sendDocument', {}, file));
	const document = got.message.documentMessage;
	expect(document?.mimetype).toBe('application/pdf');
	expect(document?.fileName).toMatch(/^Rechnung .*ü.*\.pdf$/);
	expect(await contact.download(got)).toEqual(bytes);
});

it('a voice note made of MP3, and the same file as audio', async () => {
	const file = await storeBinary(fixture('tone.mp3'), { mimeType: 'audio/mpeg' });
	const voice = await receive(await send('sendAudio', {}, file));
	expect(voice.message.audioMessage).toMatchObject({
		ptt: true,
		mimetype: 'audio/ogg; codecs=opus',
		seconds: 2,
	});
	const audio = await receive(await send('sendAudio', { voice: false }, file));
	expect(audio.message.audioMessage).toMatchObject({ mimetype: 'audio/mpeg' });
	expect(audio.message.audioMessage?.ptt).not.toBe(true);
});

it('a sticker, a video, a place, a card and a poll', async () => {
	const png = await storeBinary(Buffer.from(PNG, 'base64'), { mimeType: 'image/png' });
	const mp4 = await storeBinary(fixture('silent-video.mp4'), { mimeType: 'video/mp4' });
	const sticker = await receive(await send('sendSticker', {}, png));
	expect(sticker.message.stickerMessage?.mimetype).toBe('image/webp');
	const video = await receive(await send('sendVideo', { options: { gif: true } }, mp4));
	expect(video.message.videoMessage?.gifPlayback).toBe(true);
	const place = await receive(
		await send('sendLocation', { latitude: -23.5, longitude: -46.6, placeName: 'Shop' }),
	);
	expect(place.message.locationMessage).toMatchObject({ degreesLatitude: -23.5, name: 'Shop' });
	const contacts = { contact: [{ name: 'Ann', phone: '15550003333' }] };
	const card = await receive(await send('sendContact', { contacts }));
	expect(card.message.contactMessage?.vcard).toContain('15550003333');
	const poll = await receive(
		await send('sendPoll', { question: 'When?', pollOptions: ['Now', 'Later'] }),
	);
	expect(poll.poll?.options).toEqual(['Now', 'Later']);
});

it('a text that is changed, reacted to, forwarded, replied to and deleted', async () => {
	const sent = await send('sendText', {
		message: 'Hello @15550002222',
		options: { mentions: contact.number, typing: true },
	});
	const { messageId } = sent;
	expect((await receive(sent)).mentions).toEqual([contact.pn]);
	await contact.seesTyping();
	await send('edit', { messageId, message: 'Hello Ben' });
	await contact.receive(({ concerns }) => concerns === messageId);
	expect(contact.textOf(messageId)).toBe('Hello Ben');
	await send('sendReaction', { messageId, emoji: '👍' });
	await contact.receive(({ concerns }) => concerns === messageId);
	expect(contact.reactionTo(messageId)).toBe('👍');
	expect((await receive(await send('forward', { messageId }))).text).toBe('Hello Ben');
	const options = { quotedMessageId: messageId };
	const reply = await receive(await send('sendText', { message: 'Well?', options }));
	expect(reply.message.extendedTextMessage?.contextInfo?.stanzaId).toBe(messageId);
	await send('delete', { messageId });
	await contact.receive(({ concerns }) => concerns === messageId);
	expect(contact.isDeleted(messageId)).toBe(true);
});

it('a received file, which starts a workflow with it, and can be fetched again', async () => {
	const n8n = await new LocalN8n().start();
	try {
		const parameters = { options: { downloadMedia: true } };
		await n8n.activate({ webhookId: 'whole-way', credential, parameters });
		const bytes = Buffer.from('%PDF-1.4\nan invoice\n%%EOF\n');
		const fields = { mimetype: 'application/pdf', fileName: 'invoice.pdf' };
		const messageId = await contact.sendMedia(phone, 'document', bytes, fields);
		await n8n.started(1);
		const { json, binary } = await n8n.outputs[0]!;
		expect(json).toMatchObject({ messageId, type: 'document', senderName: 'Ben', seq: 1 });
		expect(binary?.data).toMatchObject({ fileName: 'invoice.pdf', mimeType: 'application/pdf' });
		expect(await readBinary(binary?.data)).toEqual(bytes);
		const download = { resource: 'message', operation: 'downloadMedia', messageId };
		const { items } = await runOperation(download, credential);
		expect(await readBinary(items[0]!.binary?.data)).toEqual(bytes);
	} finally {
		await n8n.stop();
	}
});

it('groups, chats and people', async () => {
	const run = async (resource: string, operation: string, parameters: INodeParameters = {}) =>
		(await runOperation({ resource, operation, ...parameters }, credential)).items.map(
			({ json }) => json,
		);
	const [group] = await run('group', 'create', { subject: 'Team', participants: contact.number });
	expect(group).toMatchObject({ subject: 'Team', results: [{ number: contact.number, ok: true }] });
	const groupId = group!.id as string;
	await run('group', 'update', { groupId, updateFields: { subject: 'Our team', locked: true } });
	expect(await run('group', 'getAll')).toMatchObject([{ id: groupId, subject: 'Our team' }]);
	expect(await run('group', 'promoteMembers', { groupId, participants: contact.number })).toEqual([
		expect.objectContaining({ number: contact.number, ok: true }),
	]);
	await send('sendText', { message: 'Again' });
	const chats = await run('chat', 'getAll');
	expect(chats.map(({ number }) => number)).toContain(contact.number);
	const [check] = await run('contact', 'checkNumber', { number: '+1 (555) 000-2222' });
	expect(check).toMatchObject({ exists: true, jid: contact.pn });
	const { results } = await searchList(
		{
			node: new ApiWhatsAppWeb(),
			credentials: [{ type: new ApiWhatsAppWebApi(), data: credential }],
		},
		'searchRecipients',
		'team',
	);
	expect(results).toEqual([{ name: 'Our team', value: groupId }]);
});

it('says that a number is not on WhatsApp, instead of sending into the void', async () => {
	const nobody = simulator.createContact({ number: '15550009999', registered: false });
	const error = await failOperation(
		{ resource: 'message', operation: 'sendText', number: nobody.number, message: 'Hello?' },
		credential,
	);
	expect(error.message).toContain('This number is not on WhatsApp');
	expect(error.description).toContain('country code');
});
