import { proto } from '@whiskeysockets/baileys';
import { hasMentions, namePeople } from '../../../../runner/whatsapp/outgoing/namePeople';

const PHONE = '15550001111@s.whatsapp.net';
const LID = '900015550001111@lid';
const byLid = [{ id: LID, phoneNumber: PHONE }];
const byPhone = [{ id: PHONE, lid: LID }];

const encode = (message: proto.IMessage) => proto.Message.encode(message).finish();
const toText = (text: string, mentionedJid: string[]) =>
	encode({ extendedTextMessage: { text, contextInfo: { mentionedJid } } });

test('people are named as their group names them, in either direction', () => {
	const toLid = proto.Message.decode(namePeople(toText('hi @15550001111!', [PHONE]), byLid));
	expect(toLid.extendedTextMessage).toMatchObject({
		text: 'hi @900015550001111!',
		contextInfo: { mentionedJid: [LID] },
	});
	const toPhone = proto.Message.decode(namePeople(toText('@900015550001111', [LID]), byPhone));
	expect(toPhone.extendedTextMessage).toMatchObject({
		text: '@15550001111',
		contextInfo: { mentionedJid: [PHONE] },
	});
});

test('captions are texts too, also in the wrapper of documents', () => {
	const contextInfo = { mentionedJid: [PHONE] };
	const documentMessage = { caption: '@15550001111', contextInfo };
	const content = encode({ documentWithCaptionMessage: { message: { documentMessage } } });
	const { documentWithCaptionMessage } = proto.Message.decode(namePeople(content, byLid));
	expect(documentWithCaptionMessage?.message?.documentMessage?.caption).toBe('@900015550001111');
});

test('whoever is not in the group, or is named rightly already, stays as given', () => {
	for (const content of [
		toText('@15550009999', ['15550009999@s.whatsapp.net']),
		toText('@900015550001111', [LID]),
		toText('nobody', []),
	]) {
		expect(namePeople(content, byLid)).toBe(content);
	}
});

test('only messages that name somebody have mentions', () => {
	expect(hasMentions(toText('@15550001111', [PHONE]))).toBe(true);
	expect(hasMentions(encode({ conversation: '@15550001111' }))).toBe(false);
	expect(hasMentions(encode({ imageMessage: { caption: '@1' } }))).toBe(false);
});
