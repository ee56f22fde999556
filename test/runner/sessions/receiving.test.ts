import type { ReceivedBody } from '../../../contract';
import { open } from '../../../runner/storage/encryption/sealedColumns';
import type { LinkedDevice } from '../../simulator';
import {
	toButtonReply,
	toContactCard,
	toListReply,
	toLocation,
	toSealedEdit,
	toWrappedEdit,
	withSecret,
} from '../../simulator/contents';
import { element } from '../../simulator/stanzas/element';
import { INSTANCE, SessionRig } from './SessionRig';

describe('everything a contact can send', () => {
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

	let lastNumber = 15550004000;
	const newContact = (options: { addressing?: 'pn' | 'lid'; name?: string } = {}) =>
		rig.simulator.createContact({ number: String(++lastNumber), name: 'Ann', ...options });

	const received = async (id: string): Promise<ReceivedBody> =>
		await rig.until(
			() => rig.of('received').find(({ messageId }) => messageId === id),
			`the event of ${id}`,
		);

	test('kinds with and without a file, each told once as what it is', async () => {
		const ann = newContact();
		const file = Buffer.from('a file');
		const sent = {
			image: await ann.sendMedia(rig.phone, 'image', file, { caption: 'look' }),
			video: await ann.sendMedia(rig.phone, 'video', file, { seconds: 3 }),
			voice: await ann.sendVoice(rig.phone, file, 4),
			audio: await ann.sendMedia(rig.phone, 'audio', file),
			sticker: await ann.sendMedia(rig.phone, 'sticker', file),
			document: await ann.sendDocumentWithCaption(rig.phone, file, {
				caption: 'read',
				fileName: 'a.pdf',
			}),
			location: await ann.sendMessage(rig.phone, toLocation({ latitude: 1, longitude: 2 })),
			contact: await ann.sendMessage(rig.phone, toContactCard({ name: 'Cleo', number: '1555' })),
			button_reply: await ann.sendMessage(rig.phone, toButtonReply({ id: 'b1', text: 'Yes' })),
			list_reply: await ann.sendMessage(rig.phone, toListReply({ id: 'r1', text: 'Row' })),
			unknown: await ann.sendMessage(rig.phone, { eventMessage: { name: 'Party' } }),
		};
		for (const [type, id] of Object.entries(sent)) {
			expect(await received(id)).toMatchObject({ type, number: ann.number, edited: false });
		}
		const image = await received(sent.image);
		expect(image).toMatchObject({
			message: 'look',
			media: { caption: 'look', mimetype: 'image/jpeg', size: file.length },
		});
		expect(image.photo).toBe(image.media?.url);
		expect((await received(sent.video)).video).not.toBeNull();
		expect(await received(sent.document)).toMatchObject({
			media: { fileName: 'a.pdf' },
			photo: null,
		});
		expect((await received(sent.unknown)).kind).toBe('eventMessage');
		expect(rig.of('received')).toHaveLength(Object.keys(sent).length);
	});

	test('an edit is told under the id of the message it changes, and stands in the look-up', async () => {
		const ann = newContact();
		const id = await ann.sendText(rig.phone, 'frist');
		await received(id);
		await ann.edit(rig.phone, id, 'first');
		expect(await rig.event('received', 2)).toMatchObject({
			messageId: id,
			message: 'first',
			edited: true,
			type: 'text',
		});
		expect(
			rig.database.all(
				`SELECT ${open('messages.text')}, edited FROM messages WHERE message_id = ?`,
				id,
			),
		).toEqual([{ text: 'first', edited: 1 }]);
	});

	test.each(['pn', 'lid'] as const)(
		'an edit that is sealed with the secret of its message (sent by %s) is told as an edit, again and again',
		async (addressing) => {
			const ann = newContact({ addressing });
			const id = await ann.sendMessage(rig.phone, withSecret({ conversation: 'frist' }));
			await received(id);
			for (const [at, text] of ['first', 'first!'].entries()) {
				await ann.editSealed(rig.phone, id, text);
				const edited = { messageId: id, message: text, edited: true, type: 'text' };
				expect(await rig.event('received', at + 2)).toMatchObject(edited);
			}
			expect(rig.of('received')).toHaveLength(3);
		},
	);

	test('a sealed edit in a group is opened; of a message nobody here knows, it is told once by its name', async () => {
		const ann = newContact();
		const group = rig.simulator.createGroup({ subject: 'T', participants: [ann, rig.phone] });
		const id = await ann.sendMessage(group, withSecret({ conversation: 'frist' }));
		await ann.editSealed(group, id, 'first');
		expect(await rig.event('received', 2)).toMatchObject({ messageId: id, message: 'first' });
		await rig.database.write([{ sql: 'DELETE FROM messages WHERE message_id = ?', params: [id] }]);
		await rig.restart();
		const lost = await ann.editSealed(group, id, 'second');
		expect(await received(lost)).toMatchObject({
			type: 'unknown',
			kind: 'secretEncryptedMessage',
			edited: false,
		});
		await device.drained();
		expect(rig.of('received')).toHaveLength(3);
	});

	test("nobody can seal an edit of somebody else's message", async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({ subject: 'T', participants: [ann, bob, rig.phone] });
		const content = withSecret({ conversation: 'mine' });
		const id = await ann.sendMessage(group, content);
		const secret = content.messageContextInfo!.messageSecret!;
		for (const authorJid of [group.jidOf(ann), group.jidOf(bob)]) {
			const key = { id, remoteJid: group.jid, fromMe: false, participant: group.jidOf(ann) };
			const frame = { messageId: id, authorJid, senderJid: group.jidOf(bob), secret };
			await bob.sendMessage(group, toSealedEdit(key, { conversation: 'forged' }, frame));
		}
		await device.drained();
		expect(rig.of('received').map(({ message }) => message)).not.toContain('forged');
		expect(
			rig.database.all(`SELECT ${open('messages.text')} FROM messages WHERE message_id = ?`, id),
		).toEqual([{ text: 'mine' }]);
	});

	test('a sealed reaction, as in announcement groups, is told as the reaction it is', async () => {
		const ann = newContact();
		const group = rig.simulator.createGroup({ subject: 'News', participants: [ann, rig.phone] });
		const id = await ann.sendMessage(group, withSecret({ conversation: 'news' }));
		await received(id);
		const reaction = await ann.reactSealed(group, { id, authorJid: group.jidOf(ann) }, '🎉');
		expect(await received(reaction)).toMatchObject({
			type: 'reaction',
			reaction: { messageId: id, emoji: '🎉' },
		});
	});

	test("somebody else's edit of a message changes nothing and is told to nobody", async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({ subject: 'T', participants: [ann, bob, rig.phone] });
		const id = await ann.sendText(group, 'mine');
		await received(id);
		await bob.edit(group, id, 'forged');
		await device.drained();
		expect(rig.of('received')).toHaveLength(1);
		expect(
			rig.database.all(`SELECT ${open('messages.text')} FROM messages WHERE message_id = ?`, id),
		).toEqual([{ text: 'mine' }]);
	});

	test('in a group a deletion is told of the author and of admins, of nobody else', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({
			subject: 'T',
			participants: [ann, bob, rig.phone],
			admins: [bob],
		});
		const [first, second] = [await ann.sendText(group, '1'), await ann.sendText(group, '2')];
		await received(second);
		await bob.revoke(group, first);
		await device.drained();
		expect(rig.of('status')).toEqual([]);
		await ann.revoke(group, first);
		await bob.revokeAsAdmin(group, { id: second, authorJid: group.jidOf(ann) });
		await rig.event('status', 2);
		expect(rig.of('status').map(({ messageId, status }) => [messageId, status])).toEqual([
			[first, 'DELETED'],
			[second, 'DELETED'],
		]);
	});

	test('text, edit and deletion that come in one go are told in that order', async () => {
		const ann = newContact();
		rig.simulator.refuseUpgrades(503);
		device.drop('tcpReset');
		await device.whenOffline();
		const id = await ann.sendText(rig.phone, 'one');
		await ann.edit(rig.phone, id, 'two');
		await ann.sendMessage(
			rig.phone,
			toWrappedEdit({
				protocolMessage: {
					key: { id, fromMe: true },
					type: 14,
					editedMessage: { conversation: 'three' },
				},
			}),
		);
		await ann.revoke(rig.phone, id);
		rig.simulator.refuseUpgrades(undefined);
		expect(await rig.event('status')).toMatchObject({ messageId: id, status: 'DELETED' });
		expect(rig.of('received').map(({ message, late }) => [message, late])).toEqual([
			['one', true],
			['two', true],
			['three', true],
		]);
	});

	test('a vote is opened with the poll that was sent from here', async () => {
		const ann = newContact();
		const { messageId } = await rig.sendDraft(ann.pn, {
			kind: 'poll',
			question: 'Lunch?',
			options: ['Yes', 'No'],
			selectableCount: 1,
		});
		await ann.receive();
		for (const [n, options] of [['No'], []].entries()) {
			await ann.votePoll(rig.phone, messageId, options);
			expect(await rig.event('received', n + 1)).toMatchObject({
				type: 'poll_vote',
				pollVote: { messageId, options },
			});
		}
	});

	test('a vote in a poll of the other side is opened, in a group too', async () => {
		const [ann, bob] = [newContact(), newContact({ addressing: 'lid' })];
		const group = rig.simulator.createGroup({ subject: 'T', participants: [ann, bob, rig.phone] });
		for (const target of [rig.phone, group]) {
			rig.events.length = 0;
			const poll = await ann.sendPoll(target, 'Lunch?', ['Yes', 'No']);
			expect(await received(poll)).toMatchObject({ type: 'poll', message: 'Lunch?' });
			const vote = await ann.votePoll(target, poll, ['Yes']);
			expect((await received(vote)).pollVote).toEqual({ messageId: poll, options: ['Yes'] });
		}
	});

	test('a reaction is told, and is no reply', async () => {
		const ann = newContact();
		const { messageId } = await rig.send(ann.number, 'nice?');
		const copy = await ann.receive();
		await ann.react(rig.phone, copy, '👍');
		expect(await rig.event('received')).toMatchObject({
			type: 'reaction',
			message: '👍',
			reaction: { messageId, emoji: '👍' },
		});
		await ann.reply(rig.phone, copy, 'yes');
		await rig.event('received', 2);
		const words = rig.of('status').map(({ status }) => status);
		expect(words.filter((status) => status === 'REPLIED')).toHaveLength(1);
	});

	test('what may be opened once is told even when WhatsApp withholds it', async () => {
		const ann = newContact();
		const open = await ann.sendViewOnce(rig.phone, 'image', Buffer.from('secret'));
		expect(await received(open)).toMatchObject({ type: 'image', viewOnce: true });
		for (const type of ['view_once', 'view_once_unavailable_fanout'] as const) {
			const id = ann.sendViewOnceNotice(rig.phone, type);
			expect(await received(id)).toMatchObject({
				type: 'unknown',
				kind: 'viewOnceMessage',
				viewOnce: true,
				media: null,
				sender: { phone: ann.number },
			});
		}
		await device.drained();
		expect(rig.of('received')).toHaveLength(3);
	});

	test('an album and its parts belong together', async () => {
		const ann = newContact();
		const image = { kind: 'image', file: Buffer.from('i') } as const;
		const { id, children } = await ann.sendAlbum(rig.phone, [image, image]);
		expect(await received(id)).toMatchObject({
			type: 'album',
			album: { messageId: id, images: 2 },
		});
		for (const child of children) {
			expect(await received(child)).toMatchObject({ type: 'image', album: { messageId: id } });
		}
	});

	test('mentions, forwarding and quotes are told', async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({ subject: 'T', participants: [ann, bob, rig.phone] });
		const first = await bob.sendText(group, 'question');
		await received(first);
		const id = await ann.sendText(group, '@bob', {
			mentions: [bob],
			forwarded: true,
			quoted: { id: first, authorJid: bob.pn, message: { conversation: 'question' } },
		});
		expect(await received(id)).toMatchObject({
			mentions: [bob.number],
			forwarded: true,
			quoted: { messageId: first, participant: bob.pn, text: 'question' },
		});
	});

	test('a call rings once and ends once', async () => {
		const ann = newContact();
		const calls = () =>
			rig.of('received').map(({ messageId, type, call }) => [messageId, type, call?.status]);
		const missed = ann.call(rig.phone, { video: true });
		expect(await rig.event('received')).toMatchObject({
			type: 'call',
			number: ann.number,
			chat: { id: ann.pn, type: 'direct' },
			sender: { phone: ann.number },
			call: { id: missed.id, status: 'ringing', video: true },
		});
		missed.hangUp();
		missed.timeOut();
		await rig.event('received', 2);
		const taken = ann.call(rig.phone);
		taken.acceptOnPhone();
		taken.hangUp();
		const refused = ann.call(rig.phone);
		refused.rejectOnPhone();
		await device.drained();
		expect(calls()).toEqual([
			[missed.id, 'call', 'ringing'],
			[missed.id, 'call', 'missed'],
			[taken.id, 'call', 'ringing'],
			[taken.id, 'call', 'accepted'],
			[refused.id, 'call', 'ringing'],
			[refused.id, 'call', 'rejected'],
		]);
		const rows = rig.database.all<{ type: string; details: string }>(
			`SELECT type, ${open('messages.details')} FROM messages WHERE message_id = ?`,
			missed.id,
		);
		expect(rows).toHaveLength(1);
		expect(JSON.parse(rows[0]!.details)).toMatchObject({ call: { status: 'missed', video: true } });
	});

	test('a message that cannot be decrypted is awaited, and told as itself once it comes', async () => {
		const ann = newContact();
		await received(await ann.sendText(rig.phone, 'hello'));
		const awaited = () => rig.database.all('SELECT key FROM awaited_messages');
		const enc = element('enc', { v: 2, type: 'msg' }, Buffer.from('not for this device'));
		const attributes = { id: 'AGAIN1', from: ann.pn, type: 'text', t: 1_700_000_000 };
		device.deliver(element('message', attributes, [enc]));
		await rig.until(() => awaited().length === 1, 'the awaited message');
		expect(rig.of('received')).toHaveLength(1);
		await ann.sendText(rig.phone, 'sent again', { id: 'AGAIN1' });
		expect(await received('AGAIN1')).toMatchObject({ message: 'sent again' });
		expect(awaited()).toEqual([]);
	});

	test('a receipt that overtakes the acceptance is told, and the acceptance too', async () => {
		const ann = newContact();
		ann.autoReceipts.delivered = false;
		ann.holdAcks(true);
		const sending = rig.send(ann.number, 'overtaken');
		const { id } = await ann.receive();
		device.deliver(element('receipt', { id, from: ann.pn, type: 'read', t: 1_700_000_000 }));
		expect(await rig.event('status')).toMatchObject({ messageId: id, status: 'READ' });
		ann.holdAcks(false);
		expect(await sending).toMatchObject({ messageId: id, state: 'sent' });
		expect(await rig.event('sent')).toMatchObject({ messageId: id });
		ann.markDelivered(id);
		await device.drained();
		expect(rig.of('status').map(({ status }) => status)).toEqual(['READ']);
	});

	test('what no retry can bring back is told as undecryptable, never dropped', async () => {
		const ann = newContact();
		const withheld = element('unavailable', { type: 'hosted_unavailable_fanout' });
		const attributes = { id: 'LOST1', from: ann.pn, type: 'text', t: 1_700_000_000 };
		device.deliver(element('message', attributes, [withheld]));
		expect(await received('LOST1')).toMatchObject({
			type: 'unknown',
			kind: 'undecryptable',
			number: ann.number,
		});
	});

	test.each([
		['a part of a talk with Meta AI', '13135550002@bot', 'enc', { v: 2, type: 'msmsg' }],
		['Meta AI in a chat', undefined, 'unavailable', { type: 'bot_unavailable_fanout' }],
		[
			'an add-on its sender wants hidden then',
			undefined,
			'enc',
			{ v: 2, type: 'msg', 'decrypt-fail': 'hide' },
		],
	])(
		'%s that cannot be read is told to nobody, and not awaited',
		async (_what, from, tag, attrs) => {
			const ann = newContact();
			const attributes = {
				id: `HIDDEN-${tag}`,
				from: from ?? ann.pn,
				type: 'text',
				t: 1_700_000_000,
			};
			const part = element(tag, attrs, tag === 'enc' ? Buffer.from('sealed') : undefined);
			device.deliver(element('message', attributes, [part]));
			await received(await ann.sendText(rig.phone, 'after'));
			expect(rig.of('received')).toHaveLength(1);
			expect(rig.database.all('SELECT key FROM awaited_messages')).toEqual([]);
		},
	);

	test("a contact's message that claims to be between the account's own devices does not vanish", async () => {
		const ann = newContact();
		const claim = { from: ann.pn, type: 'text', t: 1_700_000_000, category: 'peer' };
		const withheld = element('unavailable', { type: 'hosted_unavailable_fanout' });
		device.deliver(element('message', { id: 'PEER1', ...claim }, [withheld]));
		expect(await received('PEER1')).toMatchObject({ kind: 'undecryptable', number: ann.number });
		const asked = rig.simulator.counters.retryReceipts;
		const sealed = element('enc', { v: 2, type: 'msg' }, Buffer.from('sealed'));
		device.deliver(element('message', { id: 'PEER2', ...claim }, [sealed]));
		await rig.until(() => rig.simulator.counters.retryReceipts > asked, 'being asked again');
	});

	test("what a device's receipts say of a group is told per participant, played ones as played", async () => {
		const [ann, bob] = [newContact(), newContact()];
		const group = rig.simulator.createGroup({ subject: 'T', participants: [ann, bob, rig.phone] });
		for (const person of [ann, bob]) await received(await person.sendText(group, 'hello'));
		const { messageId } = await rig.send(group.jid, 'hear this');
		const [copy] = [await ann.receive(), await bob.receive()];
		ann.markRead(copy.id);
		ann.markPlayed(copy.id);
		ann.markRead(copy.id);
		await rig.until(
			() => rig.of('status').find(({ status }) => status === 'PLAYED'),
			'the played receipt',
		);
		await device.drained();
		const told = rig
			.of('status')
			.filter((body) => body.messageId === messageId)
			.map(({ participant, status }) => `${participant} ${status}`);
		expect(told.sort()).toEqual(
			[`${ann.pn} RECEIVED`, `${ann.pn} READ`, `${ann.pn} PLAYED`, `${bob.pn} RECEIVED`].sort(),
		);
	});

	test('a voice note is received, read and played, each once and never backwards', async () => {
		const ann = newContact();
		ann.autoReceipts.delivered = false;
		const { messageId } = await rig.send(ann.number, 'as if spoken');
		await ann.receive();
		ann.markPlayed(messageId);
		ann.markRead(messageId);
		ann.markDelivered(messageId);
		await device.drained();
		expect(rig.of('status').map(({ status }) => status)).toEqual(['PLAYED']);
	});

	test('a phone that becomes known late is put right in what is stored', async () => {
		const lida = rig.simulator.createContact({
			number: String(++lastNumber),
			addressing: 'lid',
			hidesNumber: true,
		});
		const id = await lida.sendText(rig.phone, 'who am I?');
		expect(await received(id)).toMatchObject({
			number: lida.lid,
			chat: { id: lida.lid },
			sender: { phone: null, lid: lida.lid },
		});
		lida.hidesNumber = false;
		const next = await lida.sendText(rig.phone, 'now you know');
		expect(await received(next)).toMatchObject({ number: lida.number, chat: { id: lida.pn } });
		await rig.until(
			() =>
				rig.database.get<{ chat_id: string }>(
					'SELECT chat_id FROM messages WHERE message_id = ? AND sender_phone IS NOT NULL',
					id,
				)?.chat_id === lida.pn,
			'the stored row put right',
		);
	});

	test('what becomes of a message to a hidden contact is told under its phone once that is known', async () => {
		const lida = rig.simulator.createContact({
			number: String(++lastNumber),
			addressing: 'lid',
			hidesNumber: true,
		});
		const { messageId } = await rig.send(lida.lid, 'hello');
		await lida.receive();
		lida.hidesNumber = false;
		await received(await lida.sendText(rig.phone, 'now you know'));
		lida.markRead(messageId);
		const read = await rig.until(
			() => rig.of('status').find(({ status }) => status === 'READ'),
			'READ',
		);
		expect(read).toMatchObject({ messageId, number: lida.number });
	});

	test('what the owner types on the phone stands in the chat of the other side', async () => {
		const ann = newContact({ name: 'Ann' });
		await received(await ann.sendText(rig.phone, 'hi'));
		const id = await rig.phone.sendText(ann, 'typed');
		expect(await received(id)).toMatchObject({
			fromMe: true,
			sender: { name: 'Owner' },
			chat: { id: ann.pn, name: 'Ann' },
		});
	});

	test('a deleted message is shown as deleted, and an edit that comes later is nothing', async () => {
		const ann = newContact();
		const id = await ann.sendText(rig.phone, 'oops');
		await ann.revoke(rig.phone, id);
		await ann.edit(rig.phone, id, 'oops again');
		await received(await ann.sendText(rig.phone, 'next'));
		expect(rig.of('received').map(({ message }) => message)).toEqual(['oops', 'next']);
		await rig.event('status');
		const status = 'SELECT status FROM messages WHERE message_id = ?';
		await rig.until(
			() => rig.database.get<{ status: string }>(status, id)?.status === 'DELETED',
			'DELETED in the journal',
		);
	});

	test('the journal keeps one row a message, with its file still to be fetched or fetched', async () => {
		const ann = newContact();
		const id = await ann.sendMedia(rig.phone, 'image', Buffer.from('kept'));
		const { media } = await received(id);
		await rig.until(() => rig.media.find(media!.sha256), 'the file');
		await rig.until(
			() =>
				rig.database.get<{ media_state: string }>(
					'SELECT media_state FROM messages WHERE instance_id = ? AND message_id = ?',
					INSTANCE,
					id,
				)?.media_state === 'stored',
			'the file noted as stored',
		);
	});
});
