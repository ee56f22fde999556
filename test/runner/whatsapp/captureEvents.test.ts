import { proto, type WAMessage, type WASocket } from '@whiskeysockets/baileys';
import type { IncomingMessage } from '../../../runner/messages/IncomingMessage';
import { captureEvents } from '../../../runner/whatsapp/captureEvents';
import type { CurrentStanza } from '../../../runner/whatsapp/InboundStanzas';

const CHAT = '120363000000000001@g.us';
const AUTHOR = '15550002222@s.whatsapp.net';
const { CIPHERTEXT } = proto.WebMessageInfo.StubType;

/** A socket of which only the events are there, in the middle of a stanza. */
function create() {
	const told: IncomingMessage[] = [];
	const awaited: IncomingMessage[] = [];
	const stanza: CurrentStanza = {
		id: 'M1',
		key: { messageId: 'M1', chat: CHAT, participant: AUTHOR, isFromMe: false },
		hasEffects: false,
		isLate: false,
		username: undefined,
		isHidden: false,
		isByAdmin: false,
		isCaptured: false,
		finish: () => undefined,
	};
	const note = (list: IncomingMessage[]) => (message: IncomingMessage) => {
		list.push(message);
		return { statements: [] };
	};
	const sock = { ev: { emit: () => true } } as unknown as WASocket;
	captureEvents({
		sock,
		listener: {
			hasJournalled: () => false,
			onMessage: note(told),
			onUndecryptable: note(awaited),
			onStatus: () => undefined,
			storedContent: () => undefined,
		},
		stage: () => undefined,
		current: () => stanza,
		underway: () => ({}),
		onCredentials: () => undefined,
		capturePeople: () => undefined,
		onUndecryptable: () => undefined,
		identities: {
			own: { phone: null, lid: null },
			phoneOfLid: () => null,
			lidOfPhone: () => null,
		},
		clock: { now: () => 1 },
		failClosed: (capture) => capture(),
	});
	const arrive = (message: Partial<WAMessage>) =>
		sock.ev.emit('messages.upsert', {
			messages: [
				{ key: { id: 'M1', remoteJid: CHAT, participant: AUTHOR, fromMe: false }, ...message },
			],
			type: 'notify',
		});
	return { told, awaited, stanza, arrive };
}

describe('a group message of which only the key could be read', () => {
	const senderKeyDistributionMessage = { groupId: CHAT };

	test('is awaited: it must not take the place of the message that comes again', () => {
		const { told, awaited, stanza, arrive } = create();
		arrive({ messageStubType: CIPHERTEXT, message: { senderKeyDistributionMessage } });
		expect(told).toEqual([]);
		expect(awaited).toMatchObject([{ details: { kind: 'undecryptable' }, chatId: CHAT }]);
		expect(stanza.isCaptured).toBe(true);
	});

	test('is told when the message itself could be read and only the key could not', () => {
		const { told, awaited, arrive } = create();
		arrive({ messageStubType: CIPHERTEXT, message: { conversation: 'read' } });
		expect(told).toMatchObject([{ text: 'read' }]);
		expect(awaited).toEqual([]);
	});
});
