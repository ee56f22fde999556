import type { proto } from '@whiskeysockets/baileys';
import type { MessageType } from '../../../contract';
import type { Wrapper } from './unwrapContent';

export type ContentKind = keyof proto.IMessage;

/**
 * What a field of a message means: a type of the contract; `unknown` for what is worth telling and has
 * no word yet; `hidden` for what nobody would call a message; `companion` for what goes beside others.
 */
type Meaning = MessageType | 'hidden' | 'companion';

/** Every kind this version of Baileys knows, so that a new one is a decision and not an accident. */
const MEANINGS: Readonly<Record<Exclude<ContentKind, Wrapper>, Meaning>> = {
	conversation: 'text',
	extendedTextMessage: 'text',
	groupInviteMessage: 'text',
	imageMessage: 'image',
	videoMessage: 'video',
	ptvMessage: 'video',
	audioMessage: 'audio',
	documentMessage: 'document',
	stickerMessage: 'sticker',
	locationMessage: 'location',
	liveLocationMessage: 'location',
	contactMessage: 'contact',
	contactsArrayMessage: 'contact',
	pollCreationMessage: 'poll',
	pollCreationMessageV2: 'poll',
	pollCreationMessageV3: 'poll',
	pollCreationMessageV5: 'poll',
	pollUpdateMessage: 'poll_vote',
	reactionMessage: 'reaction',
	buttonsResponseMessage: 'button_reply',
	templateButtonReplyMessage: 'button_reply',
	interactiveResponseMessage: 'button_reply',
	listResponseMessage: 'list_reply',
	albumMessage: 'album',
	senderKeyDistributionMessage: 'companion',
	fastRatchetKeySenderKeyDistributionMessage: 'companion',
	messageContextInfo: 'companion',
	// What keeps the protocol and the settings of a chat going.
	protocolMessage: 'hidden',
	deviceSentMessage: 'hidden',
	call: 'hidden',
	chat: 'hidden',
	stickerSyncRmrMessage: 'hidden',
	messageHistoryBundle: 'hidden',
	messageHistoryNotice: 'hidden',
	// How a chat is shown (Baileys #1341).
	pinInChatMessage: 'hidden',
	keepInChatMessage: 'hidden',
	// Word of somebody's status.
	statusMentionMessage: 'hidden',
	groupStatusMentionMessage: 'hidden',
	statusNotificationMessage: 'hidden',
	statusAddYours: 'hidden',
	statusStickerInteractionMessage: 'hidden',
	// Parts of talks with Meta AI (Baileys #818).
	botTaskMessage: 'hidden',
	richResponseMessage: 'hidden',
	// Calls are told when they happen.
	callLogMesssage: 'hidden',
	scheduledCallEditMessage: 'hidden',
	// Told with the words there are in it.
	highlyStructuredMessage: 'unknown',
	sendPaymentMessage: 'unknown',
	requestPaymentMessage: 'unknown',
	declinePaymentRequestMessage: 'unknown',
	cancelPaymentRequestMessage: 'unknown',
	templateMessage: 'unknown',
	productMessage: 'unknown',
	listMessage: 'unknown',
	orderMessage: 'unknown',
	invoiceMessage: 'unknown',
	buttonsMessage: 'unknown',
	paymentInviteMessage: 'unknown',
	interactiveMessage: 'unknown',
	requestPhoneNumberMessage: 'unknown',
	encReactionMessage: 'unknown',
	scheduledCallCreationMessage: 'unknown',
	encCommentMessage: 'unknown',
	bcallMessage: 'unknown',
	eventMessage: 'unknown',
	encEventResponseMessage: 'unknown',
	newsletterAdminInviteMessage: 'unknown',
	placeholderMessage: 'unknown',
	secretEncryptedMessage: 'unknown',
	stickerPackMessage: 'unknown',
	pollResultSnapshotMessage: 'unknown',
	statusQuestionAnswerMessage: 'unknown',
	questionResponseMessage: 'unknown',
	statusQuotedMessage: 'unknown',
	newsletterFollowerInviteMessageV2: 'unknown',
	pollResultSnapshotMessageV3: 'unknown',
};

const isKnown = (kind: string): kind is keyof typeof MEANINGS => Object.hasOwn(MEANINGS, kind);

/** The field that a message consists of; undefined for one that has none this version knows. */
export function contentKind(content: proto.IMessage): ContentKind | undefined {
	return (Object.keys(content) as ContentKind[]).find(
		(kind) =>
			!(isKnown(kind) && MEANINGS[kind] === 'companion') &&
			content[kind] !== null &&
			content[kind] !== undefined,
	);
}

/** What a message is in the words of the contract. */
export function messageType(content: proto.IMessage, kind: ContentKind | undefined): MessageType {
	if (kind === 'audioMessage' && content.audioMessage?.ptt) return 'voice';
	const meaning = kind !== undefined && isKnown(kind) ? MEANINGS[kind] : 'unknown';
	return meaning === 'hidden' || meaning === 'companion' ? 'unknown' : meaning;
}

/** Whether nobody would see it on a phone. A message of a kind still unknown is not counted among them. */
export function isUnseen(content: proto.IMessage, kind: ContentKind | undefined): boolean {
	if (kind !== undefined) return isKnown(kind) && MEANINGS[kind] === 'hidden';
	// A key for a group may travel alone; whatever else is empty holds fields of a later WhatsApp.
	return Boolean(content.senderKeyDistributionMessage) && !content.messageContextInfo;
}
