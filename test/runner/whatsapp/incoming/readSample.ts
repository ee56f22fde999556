import { proto, type WAMessage, type WAMessageKey } from '@whiskeysockets/baileys';
import type { IncomingMessage } from '../../../../runner/messages/IncomingMessage';
import type { Identities } from '../../../../runner/whatsapp/incoming/Identities';
import { toIncomingMessage } from '../../../../runner/whatsapp/incoming/toIncomingMessage';
import { ofMessageKey } from '../../../../runner/whatsapp/stanzaKey';

export const OWN = { phone: '15550001111', lid: '900015550001111@lid' };
export const ANN = { phone: '15550002222', lid: '900015550002222@lid' };
export const ANN_PN = '15550002222@s.whatsapp.net';
export const GROUP = '120363000000000001@g.us';
export const NOW_MS = 1_700_000_000_000;

const identities: Identities = {
	own: OWN,
	phoneOfLid: (lid) => (lid === ANN.lid ? ANN.phone : null),
	lidOfPhone: (phone) => (phone === ANN.phone ? ANN.lid : null),
};

interface SampleOptions {
	key?: Partial<WAMessageKey>;
	envelope?: Partial<WAMessage>;
	isLate?: boolean;
	/** Messages of the journal by id. */
	stored?: Record<string, proto.IMessage>;
	phoneOfLid?: Identities['phoneOfLid'];
}

/** Reads content as it comes off the wire: encoded by the sender, decoded here. */
export function readSample(
	content: proto.IMessage,
	{
		key,
		envelope,
		isLate = false,
		stored = {},
		phoneOfLid = identities.phoneOfLid,
	}: SampleOptions = {},
): IncomingMessage {
	const message: WAMessage = {
		key: { id: 'MSG1', remoteJid: ANN_PN, fromMe: false, ...key },
		message: proto.Message.decode(proto.Message.encode(content).finish()),
		messageTimestamp: NOW_MS / 1000,
		pushName: 'Ann',
		...envelope,
	};
	return toIncomingMessage(message, ofMessageKey(message.key)!, {
		isLate,
		nowMs: NOW_MS + 5,
		identities: { ...identities, phoneOfLid },
		contentOf: (id) => stored[id] && proto.Message.encode(stored[id]).finish(),
	});
}
