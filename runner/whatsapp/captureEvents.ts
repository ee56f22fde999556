import {
	proto,
	type BaileysEventMap,
	type BinaryNode,
	type MessageUserReceiptUpdate,
	type WACallEvent,
	type WAMessage,
	type WAMessageUpdate,
	type WASocket,
} from '@whiskeysockets/baileys';
import type { Clock } from '../Clock';
import type { JournalKey } from '../messages/JournalKey';
import type { ConnectionListener, Staged } from './ConnectionListener';
import type { CurrentStanza } from './InboundStanzas';
import { contentKind } from './incoming/contentKind';
import { captureDeletion, captureReceipt, captureUpdate } from './incoming/captureStatuses';
import { disarm } from './incoming/disarm';
import { toPlace, type Identities } from './incoming/Identities';
import { toIncomingCall } from './incoming/toIncomingCall';
import type { ReadContext } from './incoming/ReadContext';
import { toIncomingMessage } from './incoming/toIncomingMessage';
import { toUndecryptable, toWithheldMessage } from './incoming/toUnreadMessage';
import { ofMessageKey } from './stanzaKey';

const { StubType } = proto.WebMessageInfo;

export interface CaptureOptions {
	sock: WASocket;
	listener: Pick<
		ConnectionListener,
		'hasJournalled' | 'onMessage' | 'onUndecryptable' | 'onStatus' | 'storedContent'
	>;
	stage: (staged: Staged) => void;
	current: () => CurrentStanza | undefined;
	/** Attributes of the stanza whose turn it is, of whatever kind. */
	underway: () => BinaryNode['attrs'] | undefined;
	onCredentials: () => void;
	/** Takes what an event says about people, chats and groups. */
	capturePeople: (event: keyof BaileysEventMap, data: unknown) => void;
	onUndecryptable: () => void;
	identities: Identities;
	clock: Pick<Clock, 'now'>;
	/** Ends the connection without a further frame when it throws. */
	failClosed: (capture: () => void) => void;
}

/**
 * Sees every event of Baileys at the moment it is emitted, in the same turn as the keys it belongs to;
 * ordinary listeners are called later, when Baileys buffers events, and then its receipt may be gone.
 */
export function captureEvents(options: CaptureOptions): void {
	const { sock } = options;
	const emit = sock.ev.emit.bind(sock.ev);
	sock.ev.emit = (event, data) => {
		if (event === 'creds.update') options.onCredentials();
		options.failClosed(() => {
			capture(options, event, data);
			options.capturePeople(event, data);
		});
		return emit(event, data);
	};
}

function capture(options: CaptureOptions, event: keyof BaileysEventMap, data: unknown): void {
	if (event === 'messages.upsert') {
		for (const message of (data as BaileysEventMap['messages.upsert']).messages) {
			captureMessage(options, message);
			disarm(message);
		}
	} else if (event === 'messages.update') {
		for (const update of data as WAMessageUpdate[]) captureUpdate(options, update);
	} else if (event === 'message-receipt.update') {
		for (const receipt of data as MessageUserReceiptUpdate[]) captureReceipt(options, receipt);
	} else if (event === 'call') {
		for (const call of data as WACallEvent[]) captureCall(options, call);
	}
}

function captureMessage(options: CaptureOptions, message: WAMessage): void {
	const stanza = options.current();
	const isOfStanza = stanza !== undefined && stanza.id === message.key.id;
	const key = isOfStanza ? stanza.key : ofMessageKey(message.key);
	if (isOfStanza) stanza.isCaptured = true;
	if (isPlaceholder(message)) {
		options.onUndecryptable();
		if (isOfStanza) captureUndecryptable(options, message, stanza);
	} else if (key && (isOfStanza || !options.listener.hasJournalled(key))) {
		const incoming = read(
			message,
			key,
			toReadContext(options, key, isOfStanza ? stanza : undefined),
		);
		if (incoming) {
			if (isOfStanza) stanza.hasEffects = incoming.protocol !== null;
			options.stage(options.listener.onMessage(incoming));
			const isByAdmin = isOfStanza && stanza.isByAdmin;
			captureDeletion(options, message, { key, isByAdmin });
		}
	}
	if (isOfStanza) stanza.finish();
}

/** A key for its group may have been read while the message itself could not. */
function isPlaceholder({ messageStubType, message }: WAMessage): boolean {
	return messageStubType === StubType.CIPHERTEXT && contentKind(message ?? {}) === undefined;
}

/** A placeholder must not take the place of the message that the phone will send again. */
function captureUndecryptable(
	options: CaptureOptions,
	message: WAMessage,
	stanza: CurrentStanza,
): void {
	if (message.category === 'peer' || stanza.isHidden) return;
	const { key } = stanza;
	const context = toReadContext(options, key, stanza);
	const incoming = toIncomingMessage({ ...message, message: null }, key, context);
	if (incoming.isForReceivers) {
		options.stage(options.listener.onUndecryptable(toUndecryptable(incoming)));
	}
}

function read(message: WAMessage, key: JournalKey, context: ReadContext) {
	if (message.message) return toIncomingMessage(message, key, context);
	return message.key.isViewOnce ? toWithheldMessage(message, key, context) : undefined;
}

function captureCall(options: CaptureOptions, call: WACallEvent): void {
	const { identities, clock, listener, stage } = options;
	const isLate = options.underway()?.offline !== undefined;
	const incoming = toIncomingCall(call, { isLate, nowMs: clock.now(), identities });
	if (incoming) stage(listener.onMessage(incoming));
}

/** What it takes to read a message that stands at this place. */
export function toReadContext(
	{ identities, clock, listener }: Pick<CaptureOptions, 'identities' | 'clock' | 'listener'>,
	key: JournalKey,
	stanza: Pick<CurrentStanza, 'isLate' | 'username'> | undefined,
): ReadContext {
	const { isLate = false, username } = stanza ?? {};
	const place = toPlace(key.chat, identities);
	const contentOf: ReadContext['contentOf'] = (messageId, author) =>
		listener.storedContent(messageId, place, author);
	return { isLate, username, nowMs: clock.now(), identities, contentOf };
}
