import { proto } from '@whiskeysockets/baileys';
import { toViewOnce, toWrappedEdit } from '../../../simulator/contents';
import { ANN_PN, readSample } from './readSample';

const { Type } = proto.Message.ProtocolMessage;
const file = { fileSha256: Buffer.alloc(32, 7), mediaKey: Buffer.alloc(32, 1) };

const toEdit = (editedMessage: proto.IMessage): proto.IMessage => ({
	protocolMessage: {
		type: Type.MESSAGE_EDIT,
		key: { id: 'OLD', remoteJid: ANN_PN },
		editedMessage,
	},
});

const decode = (content: Uint8Array | null | undefined) => proto.Message.decode(content!);

describe('edits', () => {
	test('an edit is another text for an earlier message, in either wrapping', () => {
		const edit = toEdit({ conversation: 'new' });
		for (const content of [edit, toWrappedEdit(edit)]) {
			const message = readSample(content, { stored: { OLD: { conversation: 'old' } } });
			expect(message).toMatchObject({
				type: 'text',
				text: 'new',
				isForReceivers: true,
				content: null,
				edit: { messageId: 'OLD' },
			});
			expect(decode(message.edit?.content).extendedTextMessage?.text).toBe('new');
		}
	});

	test('an edit of a message that is not known here is told all the same', () => {
		const message = readSample(toEdit({ conversation: 'new' }));
		expect(message).toMatchObject({ text: 'new', edit: { messageId: 'OLD', content: null } });
	});

	test('a changed caption leaves the file what it was', () => {
		const stored = toViewOnce({ imageMessage: { ...file, caption: 'old', mimetype: 'image/png' } });
		const message = readSample(toEdit({ imageMessage: { caption: 'new' } }), {
			stored: { OLD: stored },
		});
		expect(message).toMatchObject({
			type: 'image',
			text: 'new',
			details: { viewOnce: true, media: { mimetype: 'image/png', caption: 'new' } },
		});
		const image = decode(message.edit?.content).viewOnceMessageV2?.message?.imageMessage;
		expect(image).toMatchObject({ caption: 'new', mimetype: 'image/png' });
	});

	test('an edited answer still answers, with the mentions of the new text', () => {
		const contextInfo = { stanzaId: 'Q', mentionedJid: ['1@lid'] };
		const secret = Buffer.alloc(32, 3);
		const stored = {
			extendedTextMessage: { text: 'old @1', contextInfo },
			messageContextInfo: { messageSecret: secret },
		};
		const message = readSample(toEdit({ conversation: 'new' }), { stored: { OLD: stored } });
		expect(message.details).toEqual({
			quoted: { messageId: 'Q', participant: null, text: null, type: null, isStatus: false },
		});
		expect(decode(message.edit?.content).messageContextInfo?.messageSecret).toEqual(secret);
	});
});
