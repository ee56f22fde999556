import { proto, type BinaryNode } from '@whiskeysockets/baileys';
import type { LinkedDevice } from '../accounts/LinkedDevice';
import { findMedia } from '../media/findMedia';
import { decryptRetryRequest, encryptRetryAnswer } from '../media/retryCrypto';
import type { SimulatorContext } from '../SimulatorContext';
import { nowSeconds } from '../stanzas/bigEndian';
import { childOf, element, requireBytes } from '../stanzas/element';

const { SUCCESS, GENERAL_ERROR, NOT_FOUND } = proto.MediaRetryNotification.ResultType;

/** A client could not download a file any more: its phone uploads it again, or does not. */
export function receiveMediaRequest(
	context: SimulatorContext,
	device: LinkedDevice,
	receipt: BinaryNode,
): void {
	const { phone } = device;
	const { id = '' } = receipt.attrs;
	const rmr = childOf(receipt, 'rmr');
	phone.mediaRequests.push(id);
	if (phone.reuploads === 'never') return;
	const content = toAnswer(context, device, receipt, id);
	const attributes = { id, from: phone.pn, to: device.jid, type: 'mediaretry', t: nowSeconds() };
	device.deliver(element('notification', attributes, [content, element('rmr', rmr?.attrs ?? {})]));
}

function toAnswer(
	context: SimulatorContext,
	{ phone }: LinkedDevice,
	receipt: BinaryNode,
	id: string,
): BinaryNode {
	const { jid, participant, from_me } = childOf(receipt, 'rmr')?.attrs ?? {};
	const author = from_me === 'true' ? phone : context.directory.findPerson(participant ?? jid);
	const message = author?.findMessage(id);
	if (!message || phone.reuploads === 'notFound') return element('error', { code: NOT_FOUND });
	const { mediaKey, directPath } = findMedia(message);
	const encrypt = childOf(receipt, 'encrypt');
	decryptRetryRequest(mediaKey, id, {
		ciphertext: requireBytes(encrypt, 'enc_p'),
		iv: requireBytes(encrypt, 'enc_iv'),
	});
	const again = phone.reuploads === 'always' ? context.media.reupload(directPath) : undefined;
	const result = again === undefined ? GENERAL_ERROR : SUCCESS;
	const answer = { stanzaId: id, directPath: again, result };
	const { ciphertext, iv } = encryptRetryAnswer(mediaKey, answer);
	return element('encrypt', {}, [element('enc_p', {}, ciphertext), element('enc_iv', {}, iv)]);
}
