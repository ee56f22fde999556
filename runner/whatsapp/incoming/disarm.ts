import { normalizeMessageContent, proto, type WAMessage } from '@whiskeysockets/baileys';

const { Type } = proto.Message.ProtocolMessage;

/** What only devices of one account say to one another. */
const SELF_ONLY: ReadonlyArray<number | null | undefined> = [
	Type.HISTORY_SYNC_NOTIFICATION,
	Type.APP_STATE_SYNC_KEY_SHARE,
	Type.APP_STATE_SYNC_KEY_REQUEST,
	Type.APP_STATE_FATAL_EXCEPTION_NOTIFICATION,
	Type.INITIAL_SECURITY_NOTIFICATION_SETTING_SYNC,
	Type.PEER_DATA_OPERATION_REQUEST_MESSAGE,
	Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
	Type.LID_MIGRATION_MAPPING_SYNC,
];

/**
 * Takes out of other people's messages what only the account's own phone may order. Baileys drops some of
 * it as well, but only after it has moved its state of history and app state with it.
 */
export function disarm({ key, message }: Pick<WAMessage, 'key' | 'message'>): void {
	const content = normalizeMessageContent(message);
	const order = content?.protocolMessage;
	if (key.fromMe === true || !content || !order) return;
	const isOrder =
		SELF_ONLY.includes(order.type) || order.historySyncNotification || order.appStateSyncKeyShare;
	if (isOrder) content.protocolMessage = null;
}
