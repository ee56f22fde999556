import type { WASocket } from '@whiskeysockets/baileys';

/**
 * Baileys keeps the last 512 messages of a connection for five minutes, those it has received as well,
 * in case a phone asks for one again; and the secret of 32 bytes in each of them holds on to 64 KB, a
 * whole slab of Node's buffers. Every one of them stands in the journal, which Baileys asks next. Only
 * what it asks of the account's own phone stands nowhere else.
 */
export function forgetJournalled({
	messageRetryManager: kept,
}: Pick<WASocket, 'messageRetryManager'>): void {
	if (!kept) return;
	const keep = kept.addRecentMessage.bind(kept);
	kept.addRecentMessage = (jid, id, message) => {
		if (message.protocolMessage?.peerDataOperationRequestMessage) keep(jid, id, message);
	};
}
