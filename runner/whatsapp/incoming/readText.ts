import type { proto } from '@whiskeysockets/baileys';
import { findPoll } from './readPoll';
import { findSelection } from './readSelection';

/**
 * What one reads of a message: its text, its caption, the question of a poll, the title of a choice, the
 * emoji of a reaction; of other kinds whatever they put into words. "" when there is nothing. In full length.
 */
export function readText(content: proto.IMessage): string {
	return readWritten(content) || readChosen(content) || readWordsOfOthers(content) || '';
}

function readWritten(content: proto.IMessage): string | null | undefined {
	return (
		content.conversation ||
		content.extendedTextMessage?.text ||
		content.imageMessage?.caption ||
		content.videoMessage?.caption ||
		content.ptvMessage?.caption ||
		content.documentMessage?.caption ||
		content.locationMessage?.comment ||
		content.liveLocationMessage?.caption ||
		content.groupInviteMessage?.caption
	);
}

function readChosen(content: proto.IMessage): string | null | undefined {
	return content.reactionMessage?.text || findPoll(content)?.name || findSelection(content)?.title;
}

/** Kinds that have no type here still say something. */
function readWordsOfOthers(content: proto.IMessage): string | null | undefined {
	return (
		readEvent(content.eventMessage) ||
		content.productMessage?.body ||
		content.productMessage?.product?.title ||
		content.orderMessage?.message ||
		content.orderMessage?.orderTitle ||
		content.invoiceMessage?.note ||
		readNote(content.requestPaymentMessage?.noteMessage) ||
		readNote(content.sendPaymentMessage?.noteMessage) ||
		content.newsletterAdminInviteMessage?.caption ||
		content.newsletterFollowerInviteMessageV2?.caption ||
		content.scheduledCallCreationMessage?.title ||
		content.pollResultSnapshotMessage?.name ||
		content.stickerPackMessage?.name ||
		content.questionResponseMessage?.text ||
		content.statusQuestionAnswerMessage?.text ||
		content.bcallMessage?.caption
	);
}

function readEvent(event: proto.Message.IEventMessage | null | undefined): string {
	return [event?.name, event?.description].filter(Boolean).join('\n');
}

function readNote(note: proto.IMessage | null | undefined): string | null | undefined {
	return note?.conversation || note?.extendedTextMessage?.text;
}
