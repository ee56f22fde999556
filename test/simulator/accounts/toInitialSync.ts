import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import { toBigEndian } from '../stanzas/bigEndian';

const { Type } = proto.Message.ProtocolMessage;
const { INITIAL_BOOTSTRAP, PUSH_NAME } = proto.HistorySync.HistorySyncType;

/** A history without what kind of sync it is. */
export type History = Omit<proto.IHistorySync, 'syncType'>;

/** What a phone tells a new client: an app state key, then the history, then the names people show. */
export function toInitialSync(history: History = {}): proto.Message.IProtocolMessage[] {
	const { pushnames } = history;
	return [
		toKeyShare(),
		toHistorySync(history, INITIAL_BOOTSTRAP),
		...(pushnames?.length ? [toHistorySync({ pushnames }, PUSH_NAME)] : []),
	];
}

/** A part of the history, inline. */
export function toHistorySync(
	history: History,
	syncType: proto.HistorySync.HistorySyncType,
): proto.Message.IProtocolMessage {
	const content = { conversations: [], progress: 100, ...history, syncType };
	const encoded = proto.HistorySync.encode(content).finish();
	return {
		type: Type.HISTORY_SYNC_NOTIFICATION,
		historySyncNotification: {
			// Both enumerations count alike.
			syncType: syncType as number,
			chunkOrder: 1,
			progress: 100,
			initialHistBootstrapInlinePayload: deflateSync(encoded),
		},
	};
}

const toKeyShare = (): proto.Message.IProtocolMessage => ({
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
});
