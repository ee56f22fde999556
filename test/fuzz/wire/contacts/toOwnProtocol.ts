import { deflateSync } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import type { Said } from './Story';

const { Type } = proto.Message.ProtocolMessage;

/** A message that only devices of one account send to one another; it says that an honest message reads `text`. */
export function toOwnProtocol(way: number, said: Said | undefined, text: string): proto.IMessage {
	const chat = said?.chat ?? '15550002222@s.whatsapp.net';
	const invented = {
		key: { remoteJid: chat, id: said?.id ?? 'A', fromMe: !said?.author },
		message: { conversation: text },
		messageTimestamp: 1_784_000_000,
	};
	const messages: proto.Message.IProtocolMessage[] = [
		{
			type: Type.HISTORY_SYNC_NOTIFICATION,
			historySyncNotification: {
				syncType: proto.Message.HistorySyncType.RECENT,
				initialHistBootstrapInlinePayload: deflateSync(
					proto.HistorySync.encode({
						syncType: proto.HistorySync.HistorySyncType.RECENT,
						conversations: [{ id: chat, messages: [{ message: invented }] }],
					}).finish(),
				),
			},
		},
		{
			type: Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
			peerDataOperationRequestResponseMessage: {
				peerDataOperationRequestType:
					proto.Message.PeerDataOperationRequestType.PLACEHOLDER_MESSAGE_RESEND,
				stanzaId: said?.id ?? 'A',
				peerDataOperationResult: [
					{
						placeholderMessageResendResponse: {
							webMessageInfoBytes: proto.WebMessageInfo.encode(invented).finish(),
						},
					},
				],
			},
		},
		{ type: Type.APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys: [] } },
		{
			type: Type.LID_MIGRATION_MAPPING_SYNC,
			lidMigrationMappingSyncMessage: { encodedMappingPayload: Buffer.alloc(4) },
		},
		{ type: Type.EPHEMERAL_SETTING, ephemeralExpiration: 86_400 },
	];
	return { protocolMessage: messages[way % messages.length] ?? null };
}
