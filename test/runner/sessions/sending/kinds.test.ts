import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import sharp from 'sharp';
import { systemClock } from '../../../../runner/Clock';
import { createMediaDraft } from '../../../../runner/media/createMediaDraft';
import { readAnnexB } from '../../../../runner/media/video/readAnnexB';
import { toMp4 } from '../../../../runner/media/video/toMp4';
import { MessageLookup } from '../../../../runner/messages/MessageLookup';
import { MessageRepository } from '../../../../runner/messages/MessageRepository';
import type { StoredMessage } from '../../../../runner/messages/StoredMessage';
import type { Contact, LinkedDevice, ReceivedMessage } from '../../../simulator';
import { installFakeFfmpeg } from '../../media/ffmpeg/installFakeFfmpeg';
import { animation, noise, plain } from '../../media/image/testImages';
import { createTone, createWav } from '../../media/voice/sound/createWav';
import { flipBit, seal } from '../../media/support/sealed';
import { playVoiceNote, toLoudestHertz } from '../../media/voice/sound/playVoiceNote';
import { INSTANCE, SessionRig } from '../SessionRig';
import { sendFile } from './sendFile';

const FIXTURES = join(__dirname, '../../media/voice/fixtures');
const fixture = (name: string) => readFileSync(join(FIXTURES, name));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let rig: SessionRig;
let device: LinkedDevice;
beforeAll(async () => {
	rig = await SessionRig.create();
	device = await rig.link();
});
afterAll(() => rig.remove());
beforeEach(() => {
	rig.events.length = 0;
});

let lastNumber = 15550003000;
const newContact = (options: { addressing?: 'pn' | 'lid' } = {}): Contact =>
	rig.simulator.createContact({ number: String(++lastNumber), name: 'Ann', ...options });

const inner = ({ message }: ReceivedMessage): proto.IMessage =>
	normalizeMessageContent(message) ?? {};

const lookup = () =>
	new MessageLookup({
		messages: new MessageRepository(rig.database, 30 * 86_400_000),
		clock: systemClock,
		toMediaUrl: (_instance, hash) => `https://runner.test/${hash}`,
		nameOf: () => null,
		keyOf: () => '',
	});
const stored = (messageId: string): StoredMessage => {
	const message = lookup().findStored(INSTANCE, { messageId });
	if (!message) throw new Error('The message is not in the journal.');
	return message;
};
const sentText = async (jid: string, text: string) =>
	stored((await rig.sendDraft(jid, { kind: 'text', text })).messageId);

describe('files', () => {
	test('an image arrives whole, with a thumbnail and its size, and is told with its file', async () => {
		const ann = newContact();
		const bytes = await noise(400, 200).png().toBuffer();
		const outcome = await sendFile(rig, ann.pn, { kind: 'image', bytes, caption: 'look' });
		expect(outcome).toMatchObject({ state: 'sent', jid: ann.pn });
		const received = await ann.receive();
		expect(received).toMatchObject({ id: outcome.messageId, text: 'look', viewOnce: false });
		const { imageMessage } = inner(received);
		expect(imageMessage).toMatchObject({ mimetype: 'image/png', width: 400, height: 200 });
		expect(await sharp(imageMessage?.jpegThumbnail ?? undefined).metadata()).toMatchObject({
			format: 'jpeg',
			width: 72,
		});
		expect((await ann.download(received)).equals(bytes)).toBe(true);
		expect(await rig.event('sent')).toMatchObject({
			messageId: outcome.messageId,
			type: 'image',
			messageSent: 'look',
			number: ann.number,
			media: {
				mimetype: 'image/png',
				size: bytes.length,
				sha256: sha256(bytes),
				caption: 'look',
				url: `https://runner.test/media/${INSTANCE}/${sha256(bytes)}`,
			},
		});
	});

	test('a WebP picture becomes a JPEG that phones show', async () => {
		const ann = newContact();
		const bytes = await plain(40, 30).webp().toBuffer();
		await sendFile(rig, ann.pn, { kind: 'image', bytes });
		const received = await ann.receive();
		expect(inner(received).imageMessage?.mimetype).toBe('image/jpeg');
		expect((await sharp(await ann.download(received)).metadata()).format).toBe('jpeg');
	});

	test.each([false, true])('a video arrives whole, as a loop when asked: %s', async (gif) => {
		const ann = newContact();
		const bytes = fixture('silent-video.mp4');
		await sendFile(rig, ann.pn, { kind: 'video', bytes, gif, caption: 'moving' });
		const received = await ann.receive();
		expect(inner(received).videoMessage).toMatchObject({
			mimetype: 'video/mp4',
			caption: 'moving',
			gifPlayback: gif,
		});
		expect((await ann.download(received)).equals(bytes)).toBe(true);
		expect(await rig.event('sent')).toMatchObject({ type: 'video' });
	});

	test('a GIF that moves arrives as a video that plays as one, a still one as a picture', async () => {
		const ann = newContact();
		const at = (name: string) => join(rig.folder, name);
		const h264 = join(__dirname, '../../media/video/fixtures/moving.h264');
		const ffmpegPath = await installFakeFfmpeg({ at }, `cat > /dev/null; cat '${h264}'`);
		const moving = await (await animation(101, 75, 5)).gif().toBuffer();
		const gif = { kind: 'image', bytes: moving, fileName: 'cat.gif', caption: 'look' } as const;
		await sendFile(rig, ann.pn, { ...gif, ffmpegPath });
		const received = await ann.receive();
		expect(inner(received).videoMessage).toMatchObject({
			...{ mimetype: 'video/mp4', gifPlayback: true, caption: 'look' },
			...{ width: 102, height: 76, seconds: 1 },
			jpegThumbnail: expect.objectContaining({ 0: 0xff, 1: 0xd8 }) as object,
		});
		expect((await ann.download(received)).toString('latin1', 4, 12)).toBe('ftypisom');
		expect(await rig.event('sent')).toMatchObject({
			type: 'video',
			media: { fileName: 'cat.mp4' },
		});
		await expect(sendFile(rig, ann.pn, gif)).rejects.toMatchObject({ code: 'media_not_readable' });
		const still = await plain(20, 10).gif().toBuffer();
		await sendFile(rig, ann.pn, { kind: 'image', bytes: still });
		expect(inner(await ann.receive()).imageMessage).toMatchObject({ mimetype: 'image/jpeg' });
	});

	test('a video arrives with its size, and with a thumbnail where there is ffmpeg', async () => {
		const ann = newContact();
		const at = (name: string) => join(rig.folder, name);
		await writeFile(at('frame.jpg'), await plain(72, 54).jpeg().toBuffer());
		const ffmpegPath = await installFakeFfmpeg({ at }, `cat '${at('frame.jpg')}'`);
		const h264 = readFileSync(join(__dirname, '../../media/video/fixtures/moving.h264'));
		const size = { width: 102, height: 76 };
		const bytes = toMp4(readAnnexB(h264)!, { ...size, framesPerSecond: 25 });
		await sendFile(rig, ann.pn, { kind: 'video', bytes });
		const plainly = inner(await ann.receive()).videoMessage;
		expect(plainly).toMatchObject({ ...size, seconds: 1 });
		expect(plainly?.jpegThumbnail ?? null).toBeNull();
		await sendFile(rig, ann.pn, { kind: 'video', bytes, ffmpegPath });
		const { jpegThumbnail } = inner(await ann.receive()).videoMessage ?? {};
		expect(await sharp(jpegThumbnail ?? undefined).metadata()).toMatchObject({ width: 72 });
	});

	test('a PDF arrives with the number of its pages', async () => {
		const ann = newContact();
		const list = '1 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 3 >>\nendobj';
		const bytes = Buffer.from(`%PDF-1.7\n${list}\n%%EOF\n`);
		await sendFile(rig, ann.pn, { kind: 'document', bytes });
		expect(inner(await ann.receive()).documentMessage?.pageCount).toBe(3);
	});

	test('an audio file arrives as it is, and is no voice note', async () => {
		const ann = newContact();
		const bytes = fixture('tone.mp3');
		await sendFile(rig, ann.pn, { kind: 'audio', bytes });
		const received = await ann.receive();
		const { audioMessage } = inner(received);
		expect(audioMessage).toMatchObject({ mimetype: 'audio/mpeg', ptt: false });
		expect(audioMessage?.seconds).toBeGreaterThan(0);
		expect((await ann.download(received)).equals(bytes)).toBe(true);
	});

	test.each([
		['MP3', () => fixture('tone.mp3')],
		['M4A', () => fixture('tone.m4a')],
		['OGG', () => fixture('tone.vorbis.ogg')],
		['FLAC', () => fixture('tone.flac')],
		['WebM', () => fixture('tone.webm')],
		['WAV', () => createWav({ samples: createTone(440, 2) })],
	])('%s becomes a voice note: Ogg/Opus, a waveform, its duration', async (_kind, toBytes) => {
		const ann = newContact();
		await sendFile(rig, ann.pn, { kind: 'voice', bytes: toBytes() });
		const received = await ann.receive();
		const { audioMessage } = inner(received);
		expect(audioMessage).toMatchObject({ mimetype: 'audio/ogg; codecs=opus', ptt: true });
		expect(audioMessage?.waveform).toHaveLength(64);
		expect(audioMessage?.waveform?.some((value) => value > 0)).toBe(true);
		const note = await seal(join(rig.folder, 'received.ogg'), await ann.download(received));
		const { samples, seconds } = await playVoiceNote(note);
		expect(toLoudestHertz(samples)).toBe(440);
		expect(Math.abs(seconds - (audioMessage?.seconds ?? 0))).toBeLessThan(1);
		expect(await rig.event('sent')).toMatchObject({ type: 'voice', media: { caption: null } });
	});

	test('a file that was damaged on the disk is not sent, and what follows is', async () => {
		const ann = newContact();
		const sending = rig.session.send({
			jid: ann.pn,
			draft: async () => {
				const file = await rig.media.add(Readable.from([Buffer.from('a contract')]), {});
				await flipBit(file.content.location.path, 3);
				const media = { store: rig.media, findFfmpeg: async () => null };
				return await createMediaDraft({ kind: 'document', file }, media);
			},
		});
		await expect(sending).rejects.toMatchObject({ code: 'media_not_found' });
		await sendFile(rig, ann.pn, { kind: 'document', bytes: Buffer.from('another one') });
		expect(String(await ann.download(await ann.receive()))).toBe('another one');
	});

	test.each(['', 'read this'])(
		'a document arrives with its name and the caption "%s"',
		async (caption) => {
			const ann = newContact();
			const bytes = Buffer.from('%PDF-1.7\nnot much\n%%EOF\n');
			await sendFile(rig, ann.pn, { kind: 'document', bytes, fileName: 'Rechnung Ü.pdf', caption });
			const received = await ann.receive();
			expect(received.text).toBe(caption);
			expect(Boolean(received.message.documentWithCaptionMessage)).toBe(caption !== '');
			expect(inner(received).documentMessage).toMatchObject({
				fileName: 'Rechnung Ü.pdf',
				mimetype: 'application/pdf',
			});
			expect((await ann.download(received)).equals(bytes)).toBe(true);
			expect(await rig.event('sent')).toMatchObject({
				type: 'document',
				media: { fileName: 'Rechnung Ü.pdf', caption: caption || null },
			});
		},
	);

	test('a PNG becomes a sticker of WhatsApp’s size', async () => {
		const ann = newContact();
		await sendFile(rig, ann.pn, { kind: 'sticker', bytes: await plain(300, 100).png().toBuffer() });
		const received = await ann.receive();
		expect(inner(received).stickerMessage).toMatchObject({
			mimetype: 'image/webp',
			isAnimated: false,
		});
		expect(await sharp(await ann.download(received)).metadata()).toMatchObject({
			format: 'webp',
			width: 512,
			height: 512,
		});
	});

	test.each(['image', 'video', 'voice'] as const)(
		'a %s can be sent to be seen once',
		async (kind) => {
			const ann = newContact();
			const bytes = {
				image: await plain(10, 10).jpeg().toBuffer(),
				video: fixture('silent-video.mp4'),
				voice: fixture('tone.opus.ogg'),
			}[kind];
			await sendFile(rig, ann.pn, { kind, bytes, viewOnce: true });
			const received = await ann.receive();
			expect(received.viewOnce).toBe(true);
			// Reports of abuse, and phones, look for it outside the wrapper.
			expect(received.message.messageContextInfo?.messageSecret).toHaveLength(32);
			expect((await ann.download(received)).length).toBeGreaterThan(0);
			expect(await rig.event('sent')).toMatchObject({ type: kind, viewOnce: true });
		},
	);
});

describe('what is no file', () => {
	test('a location arrives with its place and name', async () => {
		const ann = newContact();
		await rig.sendDraft(ann.pn, {
			kind: 'location',
			latitude: -33.4372,
			longitude: 70.6506,
			name: 'Plaza',
			address: null,
		});
		expect(inner(await ann.receive()).locationMessage).toMatchObject({
			degreesLatitude: -33.4372,
			degreesLongitude: 70.6506,
			name: 'Plaza',
		});
		expect(await rig.event('sent')).toMatchObject({
			type: 'location',
			location: { latitude: -33.4372, longitude: 70.6506, name: 'Plaza' },
		});
	});

	test('one contact card arrives as a card that offers a chat, several as a list', async () => {
		const ann = newContact();
		const bob = { name: 'Bob; "B", \\ jr', phone: '15550009999', organization: 'A, B; C' };
		const eve = { name: 'Eve', phone: '15550008888' };
		await rig.sendDraft(ann.pn, { kind: 'contact', contacts: [bob] });
		const one = inner(await ann.receive()).contactMessage;
		expect(one?.displayName).toBe(bob.name);
		expect(one?.vcard).toContain('TEL;type=CELL;waid=15550009999:+15550009999');
		expect(one?.vcard).toContain('FN:Bob\\; "B"\\, \\\\ jr');
		expect(one?.vcard).toContain('ORG:A\\, B\\; C');
		await rig.sendDraft(ann.pn, { kind: 'contact', contacts: [bob, eve] });
		const several = inner(await ann.receive()).contactsArrayMessage;
		expect(several?.contacts?.map(({ displayName }) => displayName)).toEqual([bob.name, 'Eve']);
		expect(await rig.event('sent', 2)).toMatchObject({
			type: 'contact',
			contacts: [{ phones: ['15550009999'] }, { phones: ['15550008888'] }],
		});
	});

	test.each([1, 2, 0])(
		'a poll of %s choices arrives, and votes in it are read',
		async (selectableCount) => {
			const ann = newContact();
			const options = ['red', 'green', 'blue'];
			const { messageId } = await rig.sendDraft(ann.pn, {
				kind: 'poll',
				question: 'Colour?',
				options,
				selectableCount,
			});
			const received = await ann.receive();
			expect(received).toMatchObject({ id: messageId, type: 'poll' });
			expect(received.poll).toEqual({ question: 'Colour?', options, selectableCount });
			await ann.votePoll(rig.phone, messageId, ['green']);
			expect(await rig.event('received')).toMatchObject({ pollVote: { options: ['green'] } });
			expect(await rig.event('sent')).toMatchObject({
				type: 'poll',
				poll: { question: 'Colour?', options, selectableCount },
			});
		},
	);
});

describe('reactions', () => {
	test.each(['pn', 'lid'] as const)(
		'are shown and taken back in a chat by %s',
		async (addressing) => {
			const ann = newContact({ addressing });
			const id = await ann.sendText(rig.phone, 'good news');
			await rig.event('received');
			const target = stored(id);
			await rig.sendDraft(target.key.chat, { kind: 'reaction', target, emoji: '🎉' });
			const received = await ann.receive();
			expect(received).toMatchObject({ type: 'reaction', concerns: id });
			expect(ann.reactionTo(id)).toBe('🎉');
			await rig.sendDraft(target.key.chat, { kind: 'reaction', target, emoji: '' });
			await ann.receive();
			expect(ann.reactionTo(id)).toBeUndefined();
			expect(await rig.event('sent')).toMatchObject({
				type: 'reaction',
				reaction: { messageId: id, emoji: '🎉' },
				number: ann.number,
			});
		},
	);

	test('name the author in groups, of others’ messages and of own ones', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({ subject: 'G', participants: [ann, bob, rig.phone] });
		const theirs = await ann.sendText(group, 'hi');
		await rig.event('received');
		await rig.sendDraft(group.jid, { kind: 'reaction', target: stored(theirs), emoji: '👍' });
		const { reactionMessage } = inner(await bob.receive(({ type }) => type === 'reaction'));
		expect(reactionMessage?.key).toMatchObject({
			id: theirs,
			fromMe: false,
			participant: group.jidOf(ann),
		});
		const own = await sentText(group.jid, 'mine');
		await rig.sendDraft(group.jid, { kind: 'reaction', target: own, emoji: '❤️' });
		const second = await bob.receive((message) => message.concerns === own.key.messageId);
		expect(inner(second).reactionMessage?.key).toMatchObject({
			fromMe: true,
			participant: group.jidOf(rig.phone),
		});
	});
});

describe('answers', () => {
	test('quote a text, and both sides see which', async () => {
		const ann = newContact();
		const id = await ann.sendText(rig.phone, 'the question');
		await rig.event('received');
		const quoted = stored(id);
		await rig.sendDraft(quoted.key.chat, { kind: 'text', text: 'the answer' }, { quoted });
		const received = await ann.receive();
		expect(received).toMatchObject({ text: 'the answer', quotes: id });
		const context = inner(received).extendedTextMessage?.contextInfo;
		expect(context?.participant).toBe(ann.pn);
		expect(context?.quotedMessage).toMatchObject({ conversation: 'the question' });
		expect(await rig.event('sent')).toMatchObject({
			quoted: { messageId: id, text: 'the question' },
		});
	});

	test('quote a picture without its own quote, and an own message by oneself', async () => {
		const ann = newContact();
		const first = await ann.sendText(rig.phone, 'first');
		await rig.event('received');
		const bytes = await plain(20, 20).png().toBuffer();
		const quotedFirst = { quoted: stored(first) };
		const { messageId } = await sendFile(rig, ann.pn, { kind: 'image', bytes }, quotedFirst);
		await ann.receive();
		await sendFile(rig, ann.pn, { kind: 'image', bytes }, { quoted: stored(messageId) });
		const context = inner(await ann.receive()).imageMessage?.contextInfo;
		expect(context).toMatchObject({ stanzaId: messageId, participant: rig.phone.pn });
		expect(context?.quotedMessage?.imageMessage).toMatchObject({ mimetype: 'image/png' });
		expect(context?.quotedMessage?.imageMessage?.contextInfo ?? null).toBeNull();
	});

	test('name the author in groups', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({ subject: 'G', participants: [ann, bob, rig.phone] });
		const id = await ann.sendText(group, 'who comes?');
		await rig.event('received');
		await rig.sendDraft(group.jid, { kind: 'text', text: 'I' }, { quoted: stored(id) });
		const received = await bob.receive(({ text }) => text === 'I');
		expect(received.quotes).toBe(id);
		const context = inner(received).extendedTextMessage?.contextInfo;
		expect(context?.participant).toBe(group.jidOf(ann));
	});

	test('given elsewhere say which group the quoted message is from', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({ subject: 'G', participants: [ann, bob, rig.phone] });
		const id = await ann.sendText(group, 'said to all');
		await rig.event('received');
		await rig.sendDraft(ann.pn, { kind: 'text', text: 'in private' }, { quoted: stored(id) });
		const received = await ann.receive(({ text }) => text === 'in private');
		const context = inner(received).extendedTextMessage?.contextInfo;
		expect(context).toMatchObject({ stanzaId: id, remoteJid: group.jid });
	});
});

describe('mentions', () => {
	test('name people by number where chats do', async () => {
		const ann = newContact();
		await rig.sendDraft(
			ann.pn,
			{ kind: 'text', text: `ask @${ann.number}` },
			{ mentions: [ann.pn] },
		);
		expect(await ann.receive()).toMatchObject({
			text: `ask @${ann.number}`,
			mentions: [ann.pn],
		});
		expect(await rig.event('sent')).toMatchObject({ mentions: [ann.number] });
	});

	test('name people by LID in a group that does, in its text too', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({ subject: 'G', participants: [ann, bob, rig.phone] });
		await ann.sendText(group, 'hi');
		await rig.event('received');
		await rig.sendDraft(
			group.jid,
			{ kind: 'text', text: `@${ann.number}, @${ann.number}1 and me@${ann.number}` },
			{ mentions: [ann.pn] },
		);
		const lidUser = ann.lid.split('@', 1)[0];
		expect(await bob.receive(({ mentions }) => mentions.length > 0)).toMatchObject({
			text: `@${lidUser}, @${ann.number}1 and me@${ann.number}`,
			mentions: [ann.lid],
		});
	});

	test.each(['lid', 'pn'] as const)(
		'name everybody who is in a group when it leaves, by mark and by name (%s)',
		async (addressing) => {
			const [ann, bob, cleo] = [newContact(), newContact(), newContact()];
			const group = rig.simulator.createGroup({
				subject: 'G',
				participants: [ann, bob, rig.phone],
				addressing,
			});
			await rig.sendDraft(group.jid, { kind: 'text', text: 'who is here?' });
			group.add(ann, cleo);
			await device.drained();
			await rig.sendDraft(
				group.jid,
				{ kind: 'text', text: '@all dinner is ready' },
				{ mentions: 'all' },
			);
			const named = await cleo.receive(({ mentionsAll }) => mentionsAll);
			const nameOf = ({ pn, lid }: { pn: string; lid: string }) =>
				addressing === 'lid' ? lid : pn;
			expect(named.text).toBe('@all dinner is ready');
			expect(new Set(named.mentions)).toEqual(new Set([ann, bob, cleo, rig.phone].map(nameOf)));
		},
	);
});

describe('edits and deletions', () => {
	test('an edited text is told once more under its id, and the look-up shows it', async () => {
		const ann = newContact();
		const target = await sentText(ann.pn, 'helo');
		await ann.receive();
		await rig.event('status');
		await rig.sendDraft(ann.pn, { kind: 'edit', target, text: 'hello' });
		expect(await ann.receive()).toMatchObject({ edit: '1', concerns: target.key.messageId });
		expect(ann.textOf(target.key.messageId)).toBe('hello');
		expect(await rig.event('sent', 2)).toMatchObject({
			messageId: target.key.messageId,
			messageSent: 'hello',
			type: 'text',
			edited: true,
		});
		expect(lookup().find(INSTANCE, target.key)).toMatchObject({
			message: 'hello',
			edited: true,
		});
		// Whoever quotes or forwards it does so with the new text.
		await rig.sendDraft(ann.pn, { kind: 'forward', original: stored(target.key.messageId) });
		expect((await ann.receive()).text).toBe('hello');
		expect(rig.of('status').filter(({ status }) => status === 'DELETED')).toEqual([]);
	});

	test('a caption is edited as one', async () => {
		const ann = newContact();
		const bytes = await plain(20, 20).png().toBuffer();
		const { messageId } = await sendFile(rig, ann.pn, { kind: 'image', bytes, caption: 'one' });
		await ann.receive();
		await rig.sendDraft(ann.pn, { kind: 'edit', target: stored(messageId), text: 'two' });
		const { protocolMessage } = inner(await ann.receive());
		expect(protocolMessage?.editedMessage?.imageMessage?.caption).toBe('two');
		expect(ann.textOf(messageId)).toBe('two');
		expect(lookup().find(INSTANCE, { messageId })).toMatchObject({
			message: 'two',
			media: { caption: 'two' },
		});
	});

	test('an own message is deleted for everyone, and told as deleted once', async () => {
		const ann = newContact();
		const target = await sentText(ann.pn, 'oops');
		await ann.receive();
		await rig.sendDraft(ann.pn, { kind: 'delete', target });
		expect(await ann.receive()).toMatchObject({ edit: '7', concerns: target.key.messageId });
		expect(ann.isDeleted(target.key.messageId)).toBe(true);
		const told = () => rig.of('status').filter(({ status }) => status === 'DELETED');
		await rig.until(() => told().length > 0, 'DELETED');
		expect(told().map(({ messageId }) => messageId)).toEqual([target.key.messageId]);
		expect(rig.of('sent')).toHaveLength(1);
	});

	test('an admin deletes what another member wrote', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({
			subject: 'G',
			participants: [rig.phone, ann, bob],
		});
		const id = await ann.sendText(group, 'spam');
		await rig.event('received');
		await rig.sendDraft(group.jid, { kind: 'delete', target: stored(id) });
		const received = await bob.receive(({ edit }) => edit !== undefined);
		expect(received).toMatchObject({ edit: '8', concerns: id });
		expect(inner(received).protocolMessage?.key).toMatchObject({
			fromMe: false,
			participant: group.jidOf(ann),
		});
		expect(
			await rig.until(() => rig.of('status').find(({ status }) => status === 'DELETED'), 'DELETED'),
		).toMatchObject({ messageId: id });
	});

	test('who is no admin cannot delete what another member wrote, and nothing leaves', async () => {
		const ann = newContact();
		const group = rig.simulator.createGroup({ subject: 'G', participants: [ann, rig.phone] });
		const id = await ann.sendText(group, 'stays');
		await rig.event('received');
		await expect(
			rig.sendDraft(group.jid, { kind: 'delete', target: stored(id) }),
		).rejects.toMatchObject({ code: 'not_own_message' });
		await rig.sendDraft(group.jid, { kind: 'text', text: 'next' });
		expect(await ann.receive()).toMatchObject({ text: 'next' });
		expect(ann.isDeleted(id)).toBe(false);
	});
});

describe('forwarding', () => {
	test('marks what others wrote, more strongly each time, and leaves the quote behind', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const own = await sentText(ann.pn, 'original question');
		const received = await ann.receive();
		const id = await ann.reply(rig.phone, received, 'an answer');
		await rig.event('received');
		await rig.sendDraft(bob.pn, { kind: 'forward', original: stored(id) });
		const forwarded = await bob.receive();
		expect(forwarded).toMatchObject({ text: 'an answer', forwarded: true, quotes: undefined });
		const scoreOf = (message: ReceivedMessage) =>
			inner(message).extendedTextMessage?.contextInfo?.forwardingScore ?? 0;
		expect(scoreOf(forwarded)).toBe(1);
		await rig.sendDraft(bob.pn, { kind: 'forward', original: own });
		expect((await bob.receive()).forwarded).toBe(false);
		expect(await rig.event('sent', 2)).toMatchObject({ forwarded: true, type: 'text' });
	});

	test('needs no second upload of a file, and keeps the caption', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const bytes = await noise(50, 50).jpeg().toBuffer();
		const id = await ann.sendMedia(rig.phone, 'image', bytes, {
			caption: 'see',
			mimetype: 'image/jpeg',
		});
		await rig.event('received');
		const uploads = rig.simulator.media.uploads;
		await rig.sendDraft(bob.pn, { kind: 'forward', original: stored(id) });
		const received = await bob.receive();
		expect(received).toMatchObject({ text: 'see', forwarded: true });
		expect((await bob.download(received)).equals(bytes)).toBe(true);
		expect(rig.simulator.media.uploads).toBe(uploads);
	});

	test('takes along neither secrets of the original nor keys of its group', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({ subject: 'G', participants: [ann, rig.phone] });
		const id = await ann.sendPoll(group, 'Colour?', ['red', 'green']);
		await rig.event('received');
		const original = stored(id);
		const secretOf = (content: Uint8Array | null) =>
			Buffer.from(
				proto.Message.decode(content ?? Buffer.alloc(0)).messageContextInfo?.messageSecret ?? [],
			).toString('hex');
		await rig.sendDraft(bob.pn, { kind: 'forward', original });
		const { message } = await bob.receive();
		expect(message.senderKeyDistributionMessage ?? null).toBeNull();
		const secret = Buffer.from(message.messageContextInfo?.messageSecret ?? []).toString('hex');
		expect(secret).toHaveLength(64);
		expect(secret).not.toBe(secretOf(original.content));
	});
});

test('everything above was decrypted at the first attempt', () => {
	expect(device.online).toBe(true);
	expect(rig.simulator.counters).toMatchObject({
		decryptErrors: 0,
		duplicates: 0,
		protocolErrors: 0,
	});
});
