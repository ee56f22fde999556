import type { Resource } from '../Operation';
import { deleteMessage } from './delete.operation';
import { downloadMedia } from './downloadMedia.operation';
import { edit } from './edit.operation';
import { forward } from './forward.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { markAsRead } from './markAsRead.operation';
import { sendAudio } from './sendAudio.operation';
import { sendContact } from './sendContact.operation';
import { sendDocument } from './sendDocument.operation';
import { sendImage } from './sendImage.operation';
import { sendLocation } from './sendLocation.operation';
import { sendPoll } from './sendPoll.operation';
import { sendReaction } from './sendReaction.operation';
import { sendSticker } from './sendSticker.operation';
import { sendText } from './sendText.operation';
import { sendVideo } from './sendVideo.operation';

/** Operations, sorted by name. */
export const MESSAGE: Resource = {
	name: 'Message',
	value: 'message',
	operations: [
		deleteMessage,
		downloadMedia,
		edit,
		forward,
		get,
		getAll,
		markAsRead,
		sendAudio,
		sendContact,
		sendDocument,
		sendImage,
		sendLocation,
		sendPoll,
		sendReaction,
		sendSticker,
		sendText,
		sendVideo,
	],
	defaultOperation: sendText.value,
};
