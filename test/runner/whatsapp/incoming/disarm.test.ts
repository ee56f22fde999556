import { proto } from '@whiskeysockets/baileys';
import { disarm } from '../../../../runner/whatsapp/incoming/disarm';

const { Type } = proto.Message.ProtocolMessage;

function toMessage(fromMe: boolean, protocolMessage: proto.Message.IProtocolMessage) {
	const message = { ephemeralMessage: { message: { protocolMessage } } };
	const key = { id: 'A', remoteJid: '15550004001@s.whatsapp.net', fromMe };
	disarm({ key, message });
	return message.ephemeralMessage.message.protocolMessage as unknown;
}

const ORDERS: proto.Message.IProtocolMessage[] = [
	{ type: Type.HISTORY_SYNC_NOTIFICATION },
	{ type: Type.REVOKE, historySyncNotification: { progress: 100 } },
	{ type: Type.APP_STATE_SYNC_KEY_SHARE },
	{ type: Type.REVOKE, appStateSyncKeyShare: { keys: [] } },
	{ type: Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE },
	{ type: Type.LID_MIGRATION_MAPPING_SYNC },
];

test.each(ORDERS)('a contact cannot order what only the own phone may: %o', (order) => {
	expect(toMessage(false, order)).toBeNull();
	expect(toMessage(true, order)).toBe(order);
});

test.each([Type.REVOKE, Type.MESSAGE_EDIT, Type.EPHEMERAL_SETTING])(
	'what contacts do say stays as it is: %i',
	(type) => {
		const said = { type };
		expect(toMessage(false, said)).toBe(said);
	},
);
