import type {
	AutomaticRequest,
	ChangeParticipantsRequest,
	CreateGroupRequest,
	EditRequest,
	ForwardRequest,
	JoinRequest,
	MediaOptions,
	ReadRequest,
	RedeliverRequest,
	RouteName,
	SendAudioRequest,
	SendContactRequest,
	SendDocumentRequest,
	SendImageRequest,
	SendLocationRequest,
	SendOptions,
	SendPollRequest,
	SendReactionRequest,
	SendStickerRequest,
	SendTextRequest,
	SendVideoRequest,
	SetAboutRequest,
	SetImageRequest,
	TypingRequest,
	UpdateChatRequest,
	UpdateGroupRequest,
} from '../../contract';
import {
	DISAPPEARING_SECONDS,
	EVENT_NAMES,
	PARTICIPANT_ACTIONS,
	TYPING_STATES,
} from '../../contract';
import type { AnyShape, Shape } from './shape';
import {
	findFault,
	isFilled,
	isFinite,
	isFlag,
	isListOf,
	isNumberInput,
	isOneOf,
	isText,
	optional,
} from './shape';

const options: Shape<SendOptions> = {
	number: isNumberInput,
	quotedMessageId: optional(isFilled),
	quotedChat: optional(isNumberInput),
	mentions: optional((value) => value === 'all' || isListOf(isNumberInput)(value)),
	typing: optional(isFlag),
};
const media: Shape<MediaOptions> = {
	...options,
	fileName: optional(isFilled),
	mimetype: optional(isFilled),
};
const caption = optional(isText);
const viewOnce = optional(isFlag);
const isCard = (value: unknown) =>
	findFault(value, {
		name: isFilled,
		phone: isNumberInput,
		organization: optional(isFilled),
	}) === undefined;

const sendText: Shape<SendTextRequest> = {
	...options,
	message: isFilled,
	linkPreview: optional(isFlag),
};
const sendImage: Shape<SendImageRequest> = { ...media, image: isFilled, caption, viewOnce };
const sendVideo: Shape<SendVideoRequest> = {
	...media,
	video: isFilled,
	caption,
	viewOnce,
	gif: optional(isFlag),
};
const sendAudio: Shape<SendAudioRequest> = {
	...media,
	audio: isFilled,
	voice: optional(isFlag),
	viewOnce,
};
const sendDocument: Shape<SendDocumentRequest> = { ...media, document: isFilled, caption };
const sendSticker: Shape<SendStickerRequest> = { ...media, sticker: isFilled };
const sendLocation: Shape<SendLocationRequest> = {
	...options,
	latitude: isFinite,
	longitude: isFinite,
	name: optional(isFilled),
	address: optional(isFilled),
};
const sendContact: Shape<SendContactRequest> = { ...options, contacts: isListOf(isCard) };
const sendPoll: Shape<SendPollRequest> = {
	...options,
	question: isFilled,
	options: isListOf(isFilled),
	selectableCount: optional(isFinite),
};
const sendReaction: Shape<SendReactionRequest> = {
	number: isNumberInput,
	messageId: isFilled,
	emoji: isText,
};
const forwardMessage: Shape<ForwardRequest> = { number: isNumberInput };
const editMessage: Shape<EditRequest> = { message: isFilled };
const markRead: Shape<ReadRequest> = { number: isNumberInput, messageId: optional(isFilled) };
const showTyping: Shape<TypingRequest> = {
	number: isNumberInput,
	state: isOneOf(TYPING_STATES),
	seconds: optional(isFinite),
};
const createGroup: Shape<CreateGroupRequest> = {
	subject: isFilled,
	participants: isListOf(isNumberInput),
	description: optional(isText),
};
const updateGroup: Shape<UpdateGroupRequest> = {
	subject: optional(isFilled),
	description: optional(isText),
	announce: optional(isFlag),
	locked: optional(isFlag),
};
const changeParticipants: Shape<ChangeParticipantsRequest> = {
	action: isOneOf(PARTICIPANT_ACTIONS),
	participants: isListOf(isNumberInput),
};
const joinGroup: Shape<JoinRequest> = { invite: isFilled };
const setImage: Shape<SetImageRequest> = { image: isFilled };
const updateChat: Shape<UpdateChatRequest> = {
	disappearingSeconds: isOneOf(DISAPPEARING_SECONDS),
};
const setAbout: Shape<SetAboutRequest> = { about: isText };
const setAutomatic: Shape<AutomaticRequest> = {
	read: optional(isFlag),
	ownMessages: optional(isFlag),
	download: optional(isFlag),
	messagesPerMinute: optional(isFinite),
	rejectCalls: optional(isFlag),
	rejectCallsText: optional(isText),
	proxyUrl: optional(isText),
};

const redeliverMany: Shape<RedeliverRequest> = {
	state: optional(isOneOf(['pending', 'delivered', 'failed'])),
	event: optional(isOneOf(EVENT_NAMES)),
	since: optional(isFilled),
	until: optional(isFilled),
};

/** What the contract lets each route be sent as JSON. */
export const BODY_SHAPES: Partial<Record<RouteName, AnyShape>> = {
	sendText,
	sendImage,
	sendVideo,
	sendAudio,
	sendDocument,
	sendSticker,
	sendLocation,
	sendContact,
	sendPoll,
	sendReaction,
	forwardMessage,
	editMessage,
	markRead,
	showTyping,
	createGroup,
	updateGroup,
	changeParticipants,
	joinGroup,
	setImage,
	setGroupImage: setImage,
	updateChat,
	setAbout,
	setAutomatic,
	redeliverMany,
};

const PAGE = ['limit', 'before'];

/** What routes take in their query. */
export const QUERIES: Partial<Record<RouteName, string[]>> = {
	listMessages: [...PAGE, 'chat', 'type', 'fromMe', 'since', 'until'],
	listChats: [...PAGE, 'search'],
	listContacts: [...PAGE, 'search'],
	listDeliveries: [...PAGE, 'state', 'event', 'since', 'until'],
	getMessage: ['chat'],
	editMessage: ['chat'],
	deleteMessage: ['chat'],
	forwardMessage: ['chat'],
	getMedia: ['chat'],
};

/** The field of a route that a form's file stands for. */
export const FILE_FIELDS: Partial<Record<RouteName, string>> = {
	sendImage: 'image',
	sendVideo: 'video',
	sendAudio: 'audio',
	sendDocument: 'document',
	sendSticker: 'sticker',
	setImage: 'image',
	setGroupImage: 'image',
};
