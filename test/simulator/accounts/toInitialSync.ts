import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import { toBigEndian } from '../stanzas/bigEndian';

const { Type, HistorySyncType } = {
	Type: proto.Message.ProtocolMessage.Type,
	HistorySyncType: proto.HistorySync.HistorySyncType,
};

/** What a phone tells a new client: an app state key, then the history, inline. */
export function toInitialSync(
	history: Omit<proto.IHistorySync, 'syncType'> = {},
): proto.Message.IProtocolMessage[] {
	const syncType = HistorySyncType.INITIAL_BOOTSTRAP;
	const encoded = proto.HistorySync.encode({
		conversations: [],
		progress: 100,
		...history,
		syncType,
	}).finish();
	return [
		{
			type: Type.APP_STATE_SYNC_KEY_SHARE,
			appStateSyncKeyShare: {
				keys: [
					{
						keyId: { keyId: Buffer.concat([Buffer.alloc(2), toBigEndian(1, 4)]) },
						keyData: {
							keyData: randomBytes(32),
							fingerprint: { rawId: 1, currentIndex: 0, deviceIndexes: [0, 1] },
							timestamp: Date.now(),
						},
					},
				],
			},
		},
		{
			type: Type.HISTORY_SYNC_NOTIFICATION,
			historySyncNotification: {
				syncType: proto.Message.HistorySyncType.INITIAL_BOOTSTRAP,
				chunkOrder: 1,
				progress: 100,
				initialHistBootstrapInlinePayload: deflateSync(encoded),
			},
		},
	];
}
