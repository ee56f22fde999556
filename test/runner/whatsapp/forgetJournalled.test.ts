import { MessageRetryManager, proto } from '@whiskeysockets/baileys';
import { forgetJournalled } from '../../../runner/whatsapp/forgetJournalled';
import { silentLogger } from '../../../runner/whatsapp/silentLogger';
import { collectGarbage } from '../../fuzz/webhooks/collectGarbage';
import { SessionRig } from '../sessions/SessionRig';

const MESSAGES = 30;
/** What the connection still has in its hands. */
const A_FEW = 6;
const CONTACT = '15550002222@s.whatsapp.net';

describe('what Baileys keeps of messages', () => {
	const { decode } = proto.Message;
	/** By text, as the runner has read them; the simulated phones read them later. */
	let decoded: Map<string, WeakRef<proto.Message>>;

	beforeEach(() => {
		decoded = new Map();
		proto.Message.decode = (...parameters) => {
			const message = decode(...parameters);
			const text = message.conversation ?? message.extendedTextMessage?.text;
			if (text && !decoded.has(text)) decoded.set(text, new WeakRef(message));
			return message;
		};
	});
	afterEach(() => {
		proto.Message.decode = decode;
	});

	const countAlive = () => {
		collectGarbage();
		return [...decoded.values()].filter((message) => message.deref() !== undefined).length;
	};

	test('no message that was received or sent stays in memory once it is journalled', async () => {
		const rig = await SessionRig.create();
		try {
			const device = await rig.link();
			const ann = rig.simulator.createContact({ number: '15550002222' });
			const numbers = Array.from({ length: MESSAGES }, (_, n) => n);
			await Promise.all(numbers.map((n) => ann.sendText(rig.phone, `in ${n}`)));
			await Promise.all(numbers.map((n) => rig.send(ann.number, `out ${n}`)));
			await device.drained();
			await rig.event('received', MESSAGES);
			expect(decoded.size).toBe(2 * MESSAGES);
			await rig.until(() => countAlive() < A_FEW, 'the messages to be forgotten');
		} finally {
			await rig.remove();
		}
	});

	test('who cannot read a message asks again and gets it from the journal, in groups as well', async () => {
		const rig = await SessionRig.create();
		try {
			await rig.link();
			const ann = rig.simulator.createContact({ number: '15550002222', addressing: 'lid' });
			const group = rig.simulator.createGroup({ subject: 'G', participants: [ann, rig.phone] });
			for (let n = 0; n < 3; n++) {
				for (const [jid, text] of [
					[ann.pn, `to her ${n}`],
					[group.jid, `to all ${n}`],
				] as const) {
					await rig.sendDraft(jid, { kind: 'text', text });
					await ann.receive((received) => received.text === text);
					ann.loseSessions(rig.phone);
				}
			}
			expect(rig.simulator.counters.decryptErrors).toBeGreaterThan(0);
			expect(ann.duplicates).toBe(0);
		} finally {
			await rig.remove();
		}
	});

	test('what it asks of the own phone is kept: it stands nowhere else', () => {
		const messageRetryManager = new MessageRetryManager(silentLogger, 5);
		forgetJournalled({ messageRetryManager });
		const request = { protocolMessage: { peerDataOperationRequestMessage: {} } };
		messageRetryManager.addRecentMessage(CONTACT, 'asked', request);
		messageRetryManager.addRecentMessage(CONTACT, 'sent', { conversation: 'a text' });
		expect(messageRetryManager.getRecentMessage(CONTACT, 'asked')?.message).toBe(request);
		expect(messageRetryManager.getRecentMessage(CONTACT, 'sent')).toBeUndefined();
		messageRetryManager.clear();
	});
});
