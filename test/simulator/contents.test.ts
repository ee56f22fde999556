import {
	decryptPollVote,
	getContentType,
	normalizeMessageContent,
	type proto,
} from '@whiskeysockets/baileys';
import {
	contents,
	startSimulator,
	type Contact,
	type Group,
	type LinkedDevice,
	type Phone,
	type Simulator,
} from './index';
import { linkPlainClient } from './linkPlainClient';
import type { PlainClient } from './PlainClient';

const FILE = Buffer.from('not really a picture');
const PLACE = { latitude: -30.03, longitude: -51.23, name: 'Here', address: 'Street 1' };
const ANN = { name: 'Ann', number: '15550002222', organization: 'Works' };

describe('what a contact sends', () => {
	let simulator: Simulator;
	let phone: Phone;
	let contact: Contact;
	let group: Group;
	let client: PlainClient;
	let device: LinkedDevice;

	beforeAll(async () => {
		simulator = await startSimulator();
		phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222', name: 'Ann' });
		group = simulator.createGroup({ subject: 'Two', participants: [contact, phone] });
		({ client, device } = await linkPlainClient(simulator, phone));
	});

	afterAll(async () => {
		await device.drained();
		expect(simulator.counters).toMatchObject({ nacks: {}, retryReceipts: 0, decryptErrors: 0 });
		client.end();
		await simulator.stop();
	});

	test.each<[string, proto.IMessage]>([
		['locationMessage', contents.toLocation(PLACE)],
		['liveLocationMessage', contents.toLiveLocation(PLACE, { caption: 'Moving' })],
		['contactMessage', contents.toContactCard(ANN)],
		['contactsArrayMessage', contents.toContactCards([ANN, ANN])],
		['buttonsResponseMessage', contents.toButtonReply({ id: 'yes', text: 'Yes' })],
		['templateButtonReplyMessage', contents.toTemplateReply({ id: 'yes', text: 'Yes' })],
		['listResponseMessage', contents.toListReply({ id: 'row1', text: 'Row' })],
		['interactiveResponseMessage', contents.toInteractiveReply({ id: 'yes', text: 'Yes' })],
		['eventMessage', contents.toEvent('Party')],
		['paymentInviteMessage', contents.toPaymentInvite()],
		['productMessage', contents.toProduct('Shoes', '15550002222@s.whatsapp.net')],
		['extendedTextMessage', contents.toEphemeral({ extendedTextMessage: { text: 'gone soon' } })],
	])('%s arrives as such', async (kind, content) => {
		const { message } = await client.message(await contact.sendMessage(phone, content));
		expect(getContentType(normalizeMessageContent(message))).toBe(kind);
	});

	test.each(['image', 'video', 'audio', 'document', 'sticker', 'ptv'] as const)(
		'a file of kind %s arrives as such',
		async (kind) => {
			const { message } = await client.message(await contact.sendMedia(phone, kind, FILE));
			expect(message?.[`${kind}Message`]?.fileLength).toBeDefined();
			expect(simulator.media.download(message ?? {})).toEqual(FILE);
		},
	);

	test('a message of a kind that the client does not know arrives empty', async () => {
		const id = await contact.sendMessage(phone, {});
		const { message } = await client.message(id);
		expect(getContentType(message ?? {})).toBeUndefined();
	});

	test("an admin deletes another one's message", async () => {
		const { key } = (await client.socket.sendMessage(group.jid, { text: 'rude' })) ?? {};
		await contact.revokeAsAdmin(group, { id: key?.id ?? '' });
		await client.until(
			() =>
				client.updates.find(({ key: { id }, update }) => id === key?.id && update.message === null),
			'the deletion',
		);
	});

	test('voice messages, view once and documents with captions have their marks', async () => {
		const voice = await client.message(await contact.sendVoice(phone, FILE, 3));
		expect(voice.message?.audioMessage).toMatchObject({ ptt: true, seconds: 3 });
		const once = await client.message(await contact.sendViewOnce(phone, 'image', FILE));
		expect(once.message?.viewOnceMessageV2?.message?.imageMessage?.viewOnce).toBe(true);
		const heard = await client.message(await contact.sendViewOnce(phone, 'audio', FILE));
		expect(heard.message?.viewOnceMessageV2Extension?.message?.audioMessage?.viewOnce).toBe(true);
		const flagged = contents.toFlaggedViewOnce({
			imageMessage: simulator.media.upload(FILE, 'image'),
		});
		const modern = await client.message(await contact.sendMessage(phone, flagged));
		expect(modern.message?.imageMessage?.viewOnce).toBe(true);
		const fields = { caption: 'Read this', fileName: 'a.pdf' };
		const document = await client.message(
			await contact.sendDocumentWithCaption(phone, FILE, fields),
		);
		expect(normalizeMessageContent(document.message)?.documentMessage).toMatchObject(fields);
	});

	test('of a view-once message that stays on the phone the client is told only that there is one', async () => {
		const id = contact.sendViewOnceNotice(phone);
		const stub = await client.until(
			() => client.upserts.find(({ key }) => key.id === id),
			'the stub',
		);
		expect(stub).toMatchObject({ key: { isViewOnce: true } });
		expect(stub.message).toBeFalsy();
	});

	test('an album is followed by its files, which name it', async () => {
		const photo = { kind: 'image', file: FILE } as const;
		for (const wrapped of [false, true]) {
			const { id, children } = await contact.sendAlbum(
				phone,
				[photo, photo, { kind: 'video', file: FILE }],
				{ wrapped },
			);
			const album = await client.message(id);
			expect(album.message?.albumMessage).toMatchObject({
				expectedImageCount: 2,
				expectedVideoCount: 1,
			});
			const last = await client.message(children[2] ?? '');
			expect(last.message?.messageContextInfo?.messageAssociation).toMatchObject({
				associationType: 1,
				parentMessageKey: { id },
			});
			expect(normalizeMessageContent(last.message)?.videoMessage).toBeTruthy();
		}
	});

	test('forwarded, mentioning, quoting and disappearing are said beside the content', async () => {
		const quoted = { id: await contact.sendText(phone, 'first'), authorJid: contact.pn };
		const options = { mentions: [phone], forwarded: 2, ephemeralSeconds: 60, quoted };
		const text = await client.message(await contact.sendText(group, 'look', options));
		expect(text.message?.extendedTextMessage).toMatchObject({
			text: 'look',
			contextInfo: {
				mentionedJid: [phone.lid],
				isForwarded: true,
				forwardingScore: 2,
				expiration: 60,
				stanzaId: quoted.id,
				participant: contact.pn,
			},
		});
		const image = await client.message(
			await contact.sendMedia(phone, 'image', FILE, {}, { forwarded: true }),
		);
		expect(image.message?.imageMessage?.contextInfo?.isForwarded).toBe(true);
	});

	test('an edit arrives plain and wrapped', async () => {
		const id = await contact.sendText(phone, 'before');
		const edit = {
			protocolMessage: {
				key: { id, fromMe: true, remoteJid: phone.pn },
				type: 14,
				editedMessage: { conversation: 'after' },
			},
		};
		await contact.sendMessage(phone, contents.toWrappedEdit(edit), { edit: 1 });
		await client.until(
			() =>
				client.updates.find(({ key, update }) => key.id === id && update.message?.editedMessage),
			'the edit',
		);
	});

	test('a group invitation carries a code with which the client joins', async () => {
		const other = simulator.createGroup({ subject: 'Open', participants: [contact] });
		const invite = await client.message(
			await contact.sendMessage(phone, contents.toGroupInvite(other, 'Come')),
		);
		const content = invite.message?.groupInviteMessage;
		if (!content) throw new Error('no invitation');
		await client.socket.groupAcceptInviteV4(invite.key, content);
		expect(other.has(phone)).toBe(true);
	});

	test.each(['chat', 'group'] as const)(
		'votes in a poll of the client, in a %s, can be decrypted',
		async (where) => {
			const target = where === 'chat' ? phone : group;
			const [jid, author, voter] =
				where === 'chat' ? [contact.pn, phone.pn, contact.pn] : [group.jid, phone.lid, contact.lid];
			const poll = { name: 'Which?', values: ['Red', 'Green', 'Blue'], selectableCount: 2 };
			const sent = await client.socket.sendMessage(jid, { poll });
			const received = await contact.receive(({ id }) => id === sent?.key.id);
			expect(received).toMatchObject({
				type: 'poll',
				text: 'Which?',
				poll: { question: 'Which?', options: ['Red', 'Green', 'Blue'], selectableCount: 2 },
			});
			const vote = await client.message(
				await contact.votePoll(target, received.id, ['Red', 'Blue']),
			);
			const update = vote.message?.pollUpdateMessage;
			expect(update?.pollCreationMessageKey).toMatchObject({ id: sent?.key.id });
			const { selectedOptions } = decryptPollVote(update?.vote ?? {}, {
				pollEncKey: sent?.message?.messageContextInfo?.messageSecret ?? new Uint8Array(),
				pollCreatorJid: author,
				pollMsgId: received.id,
				voterJid: voter,
			});
			expect(selectedOptions).toHaveLength(2);
		},
	);

	test('a poll of the contact arrives with its options, and a vote of the client is read', async () => {
		const id = await contact.sendPoll(phone, 'Tea?', ['Yes', 'No']);
		const { message } = await client.message(id);
		expect(message?.pollCreationMessageV3).toMatchObject({
			name: 'Tea?',
			options: [{ optionName: 'Yes' }, { optionName: 'No' }],
			selectableOptionsCount: 1,
		});
		const vote = contents.toPollVote({ remoteJid: contact.pn, id, fromMe: false }, ['No'], {
			pollId: id,
			pollAuthorJid: contact.pn,
			voterJid: phone.pn,
			secret: message?.messageContextInfo?.messageSecret ?? new Uint8Array(),
		});
		const voteId = await client.socket.relayMessage(contact.pn, vote, {});
		const received = await contact.receive((found) => found.id === voteId);
		expect(received.concerns).toBe(id);
		expect(contact.readPollVote(received)).toEqual(['No']);
	});
});

describe('what a contact reads', () => {
	let simulator: Simulator;
	let contact: Contact;
	let client: PlainClient;

	beforeAll(async () => {
		simulator = await startSimulator();
		const phone = simulator.createPhone({ number: '15550001111', name: 'Owner' });
		contact = simulator.createContact({ number: '15550002222' });
		({ client } = await linkPlainClient(simulator, phone));
	});

	afterAll(async () => {
		client.end();
		await simulator.stop();
	});

	const send = async (content: Parameters<PlainClient['socket']['sendMessage']>[1]) => {
		const id = (await client.socket.sendMessage(contact.pn, content))?.key.id ?? '';
		return contact.receive((message) => message.id === id);
	};
	const keyOf = (id: string) => ({ id, remoteJid: contact.pn, fromMe: true });

	test('edits, reactions and deletions change what it sees', async () => {
		const { id } = await send({ text: 'draft' });
		expect(contact.textOf(id)).toBe('draft');
		expect((await send({ text: 'final', edit: keyOf(id) })).concerns).toBe(id);
		expect(contact.textOf(id)).toBe('final');
		expect((await send({ react: { key: keyOf(id), text: '👍' } })).concerns).toBe(id);
		expect(contact.reactionTo(id)).toBe('👍');
		await send({ react: { key: keyOf(id), text: '' } });
		expect(contact.reactionTo(id)).toBeUndefined();
		expect(contact.isDeleted(id)).toBe(false);
		expect((await send({ delete: keyOf(id) })).concerns).toBe(id);
		expect(contact.isDeleted(id)).toBe(true);
	});

	test('quotes, mentions and forwarding are told', async () => {
		const first = await send({ text: 'first' });
		const quoted = { key: keyOf(first.id), message: { conversation: 'first' } };
		const id = (
			await client.socket.sendMessage(
				contact.pn,
				{ text: '@15550002222', mentions: [contact.pn] },
				{ quoted },
			)
		)?.key.id;
		expect(await contact.receive((message) => message.id === id)).toMatchObject({
			quotes: first.id,
			mentions: [contact.pn],
			forwarded: false,
			viewOnce: false,
		});
		const forward = { key: keyOf(first.id), message: { conversation: 'first' } };
		expect(await send({ forward, force: true })).toMatchObject({ text: 'first', forwarded: true });
	});
});
