import { InstanceSettings } from '../../../../runner/instances/InstanceSettings';
import type { Contact, LinkedDevice } from '../../../simulator';
import { plain } from '../../media/image/testImages';
import { createTone, createWav } from '../../media/voice/sound/createWav';
import { INSTANCE, SessionRig } from '../SessionRig';
import { sendFile } from './sendFile';

let rig: SessionRig;
let device: LinkedDevice;
let bytes: Buffer;
beforeEach(async () => {
	rig = await SessionRig.create();
	device = await rig.link();
	bytes = await plain(20, 10).png().toBuffer();
});
afterEach(() => rig.remove());

const newContact = (number = '15550004001', aliases?: string[]): Contact =>
	rig.simulator.createContact({ number, name: 'Ann', ...(aliases ? { aliases } : {}) });
const queued = () => rig.database.all('SELECT message_id, upload FROM send_queue');

test('a file and the text after it arrive in that order, also when the upload is slow', async () => {
	const ann = newContact();
	rig.simulator.media.uploadDisturbance = { pauseMs: 100 };
	await Promise.all([
		sendFile(rig, ann.pn, { kind: 'document', bytes: Buffer.alloc(64 * 1024, 1) }).then(),
		rig
			.until(() => rig.simulator.media.uploads === 1, 'the upload')
			.then(() => rig.send(ann.number, 'after the file')),
	]);
	expect(ann.inbox.map(({ type }) => type)).toEqual(['media', 'text']);
});

test('a file that was being uploaded when the runner stopped arrives once, under its id', async () => {
	const ann = newContact();
	rig.simulator.media.uploadDisturbance = 'hang';
	const sending = sendFile(rig, ann.pn, { kind: 'image', bytes });
	await rig.until(() => rig.simulator.media.uploads === 1, 'the upload');
	await rig.session.stop();
	const { messageId, state } = await sending;
	expect(state).toBe('queued');
	rig.simulator.media.uploadDisturbance = undefined;
	await rig.restart();
	const received = await ann.receive();
	expect(received.id).toBe(messageId);
	expect((await ann.download(received)).equals(bytes)).toBe(true);
	await rig.event('sent');
	expect(ann.inbox).toHaveLength(1);
	expect(queued()).toEqual([]);
});

test('a file sent while reconnecting waits, and goes out once', async () => {
	const ann = newContact();
	rig.simulator.refuseUpgrades(503);
	device.drop('tcpReset');
	await rig.untilState('reconnecting');
	const sending = sendFile(rig, ann.pn, { kind: 'image', bytes });
	await rig.until(() => queued().length === 1, 'the stored message');
	rig.simulator.refuseUpgrades(undefined);
	expect((await sending).state).toBe('sent');
	await ann.received(1);
	expect(ann.inbox).toHaveLength(1);
});

test('a file under one Idempotency-Key is uploaded and sent once, also after a restart', async () => {
	const ann = newContact();
	const idempotency = { key: 'invoice', bodyHash: 'a' };
	const send = () => sendFile(rig, ann.pn, { kind: 'image', bytes }, { idempotency });
	const [first, second] = await Promise.all([send(), send()]);
	expect(second).toEqual(first);
	await rig.restart();
	await rig.untilState('connected');
	expect(await send()).toMatchObject({ messageId: first?.messageId, state: 'sent' });
	expect(rig.simulator.media.uploads).toBe(1);
	expect(ann.inbox).toHaveLength(1);
});

test('a Brazilian number reaches its account with and without the ninth digit; each is asked for once', async () => {
	const [account, dialled] = ['555499997181', '5554999997181'];
	const ann = newContact(account, [dialled]);
	for (const number of [dialled, dialled, account]) {
		expect(await rig.send(number, 'oi')).toMatchObject({ jid: ann.pn, state: 'sent' });
	}
	await ann.received(3);
	expect(rig.simulator.counters.contactQueries).toBe(2);
	expect(new Set(rig.of('sent').map(({ number }) => number))).toEqual(new Set([account]));
});

test('the contact sees typing before a text, and recording before a voice note', async () => {
	const ann = newContact();
	await rig.sendDraft(ann.pn, { kind: 'text', text: 'hi' }, { typing: true });
	const wav = createWav({ samples: createTone(440, 0.5) });
	await sendFile(rig, ann.pn, { kind: 'voice', bytes: wav }, { typing: true });
	await ann.received(2);
	expect(ann.traces.typing.map(({ state }) => state)).toEqual([
		'composing',
		'paused',
		'recording',
		'paused',
	]);
});

test('an instance’s own pace counts for more than the runner’s', async () => {
	const ann = newContact();
	await new InstanceSettings(rig.database).change(INSTANCE, { messagesPerMinute: 1 });
	await rig.restart();
	await rig.untilState('connected');
	const outcomes = [];
	for (let n = 1; n <= 11; n++) outcomes.push(await rig.send(ann.number, `text ${n}`));
	expect(outcomes.map(({ state }) => state)).toEqual([...Array<string>(10).fill('sent'), 'queued']);
	expect(outcomes[10]?.waitedMs).toBeGreaterThan(50_000);
	expect(queued()).toHaveLength(1);
	expect(ann.inbox).toHaveLength(10);
});

test('logging out while a file is fetched: nothing leaves, and the caller hears it', async () => {
	const ann = newContact();
	const { promise: fetching, resolve } = Promise.withResolvers<undefined>();
	const sending = rig.session.send({
		jid: ann.pn,
		draft: async () => {
			await fetching;
			return { kind: 'text', text: 'too late' };
		},
	});
	const outcome = expect(sending).rejects.toMatchObject({ code: 'instance_not_linked' });
	await rig.session.logout();
	resolve(undefined);
	await outcome;
	await expect(rig.send(ann.number, 'more')).rejects.toMatchObject({ code: 'instance_not_linked' });
	expect(ann.inbox).toEqual([]);
	expect(queued()).toEqual([]);
});
