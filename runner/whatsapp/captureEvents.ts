import {
	isLidUser,
	jidNormalizedUser,
	proto,
	type BaileysEventMap,
	type MessageUserReceiptUpdate,
	type WAMessage,
	type WAMessageKey,
	type WAMessageUpdate,
	type WASocket,
} from '@whiskeysockets/baileys';
import { toNumber } from '../../contract';
import type { StatusChange } from '../messages/IncomingMessage';
import type { ConnectionListener, Staged } from './ConnectionListener';
import type { CurrentStanza } from './InboundStanzas';
import { ofMessageKey } from './stanzaKey';
import { toIncomingMessage, type PhoneOfLid } from './toIncomingMessage';

const { Status, StubType } = proto.WebMessageInfo;

const STATUS_WORDS: Partial<Record<number, StatusChange['status']>> = {
	[Status.DELIVERY_ACK]: 'RECEIVED',
	[Status.READ]: 'READ',
	[Status.PLAYED]: 'PLAYED',
};

interface CaptureOptions {
	sock: WASocket;
	listener: ConnectionListener;
	stage: (staged: Staged) => void;
	current: () => CurrentStanza | undefined;
	onCredentials: () => void;
	onUndecryptable: () => void;
	phoneOfLid: PhoneOfLid;
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
		options.failClosed(() => capture(options, event, data));
		return emit(event, data);
	};
}

function capture(options: CaptureOptions, event: keyof BaileysEventMap, data: unknown): void {
	if (event === 'messages.upsert') {
		captureMessages(options, (data as BaileysEventMap['messages.upsert']).messages);
	} else if (event === 'messages.update') {
		for (const update of data as WAMessageUpdate[]) captureUpdate(options, update);
	} else if (event === 'message-receipt.update') {
		for (const receipt of data as MessageUserReceiptUpdate[]) captureReceipt(options, receipt);
	}
}

function captureMessages(options: CaptureOptions, messages: WAMessage[]): void {
	for (const message of messages) {
		const stanza = options.current();
		const isOfStanza = stanza !== undefined && stanza.id === message.key.id;
		const key = isOfStanza ? stanza.key : ofMessageKey(message.key);
		if (!message.message) {
			// A placeholder must not take the place of the message that the phone will send again.
			if (message.messageStubType === StubType.CIPHERTEXT) options.onUndecryptable();
		} else if (key && (isOfStanza || !options.listener.hasJournalled(key))) {
			const incoming = toIncomingMessage(message, key, {
				isLate: isOfStanza && stanza.isLate,
				phoneOfLid: options.phoneOfLid,
			});
			if (isOfStanza) stanza.hasEffects = incoming.protocol !== null;
			options.stage(options.listener.onMessage(incoming));
		}
		if (isOfStanza) stanza.finish();
	}
}

function captureUpdate(options: CaptureOptions, { key, update }: WAMessageUpdate): void {
	if (!key.id) return;
	if (update.message === null && update.messageStubType === StubType.REVOKE) {
		stageStatus(options, key, { messageId: key.id, status: 'DELETED', participant: null });
		return;
	}
	const status = STATUS_WORDS[update.status ?? -1];
	if (status && key.fromMe) {
		stageStatus(options, key, { messageId: key.id, status, participant: null });
	}
}

function captureReceipt(options: CaptureOptions, { key, receipt }: MessageUserReceiptUpdate): void {
	if (!key.id || !key.fromMe) return;
	const status = receipt.readTimestamp ? 'READ' : 'RECEIVED';
	stageStatus(options, key, {
		messageId: key.id,
		status,
		participant: receipt.userJid ?? null,
	});
}

function stageStatus(
	options: CaptureOptions,
	key: WAMessageKey,
	change: Omit<StatusChange, 'origin'>,
): void {
	if (!key.remoteJid) return;
	const chat = jidNormalizedUser(key.remoteJid);
	const phone = isLidUser(chat) ? options.phoneOfLid(chat) : null;
	const origin = {
		chat,
		number: phone ?? toNumber(chat),
		author: key.participant ? jidNormalizedUser(key.participant) : '',
		isFromMe: key.fromMe === true,
	};
	const staged = options.listener.onStatus({ ...change, origin });
	if (staged) options.stage(staged);
}
