import {
	proto,
	type BinaryNode,
	type MessageUserReceiptUpdate,
	type WAMessage,
	type WAMessageUpdate,
} from '@whiskeysockets/baileys';
import type { StatusChange } from '../../messages/IncomingMessage';
import type { JournalKey } from '../../messages/JournalKey';
import type { ConnectionListener, Staged } from '../ConnectionListener';
import { toAuthorNamed, toKnownJid, toPlace, type Identities } from './Identities';
import { readDeletion } from './readDeletion';

const { Status } = proto.WebMessageInfo;

const STATUS_WORDS: Partial<Record<number, StatusChange['status']>> = {
	[Status.DELIVERY_ACK]: 'RECEIVED',
	[Status.READ]: 'READ',
	[Status.PLAYED]: 'PLAYED',
};

/** By the receipt's own type: Baileys does not tell read from played in groups, nor our own devices' word. */
const RECEIPT_WORDS: Partial<Record<string, StatusChange['status']>> = {
	delivered: 'RECEIVED',
	read: 'READ',
	played: 'PLAYED',
};

interface StatusOptions {
	listener: Pick<ConnectionListener, 'onStatus'>;
	stage: (staged: Staged) => void;
	identities: Identities;
	/** Attributes of the stanza whose turn it is. */
	underway: () => BinaryNode['attrs'] | undefined;
}

/** Receipts in direct chats. */
export function captureUpdate(options: StatusOptions, { key, update }: WAMessageUpdate): void {
	const status = STATUS_WORDS[update.status ?? -1];
	if (!key.id || !status || !key.fromMe) return;
	const author = { isFromMe: true, names: [] };
	stageStatus(options, key.remoteJid, { messageId: key.id, status, participant: null, author });
}

/** Deletions, of whatever chat; `key` is the place of the message that brings it. */
export function captureDeletion(
	options: StatusOptions,
	message: WAMessage,
	{ key, isByAdmin }: { key: JournalKey; isByAdmin: boolean },
): void {
	const deletion = readDeletion(message, key, { identities: options.identities, isByAdmin });
	if (!deletion) return;
	stageStatus(options, key.chat, { ...deletion, status: 'DELETED', participant: null });
}

/** Receipts in groups: one a participant. */
export function captureReceipt(
	options: StatusOptions,
	{ key, receipt }: MessageUserReceiptUpdate,
): void {
	if (!key.id || !key.fromMe) return;
	const status = RECEIPT_WORDS[options.underway()?.type ?? 'delivered'];
	const { userJid } = receipt;
	if (!status || !userJid || toAuthorNamed(userJid, options.identities).isFromMe) return;
	// One name for everybody: the same person's receipts may come by phone and by LID.
	const participant = toKnownJid(userJid, options.identities);
	const author = { isFromMe: true, names: [] };
	stageStatus(options, key.remoteJid, { messageId: key.id, status, participant, author });
}

function stageStatus(
	{ listener, stage, identities }: StatusOptions,
	remoteJid: string | null | undefined,
	change: Omit<StatusChange, 'place'>,
): void {
	if (!remoteJid) return;
	const staged = listener.onStatus({ ...change, place: toPlace(remoteJid, identities) });
	if (staged) stage(staged);
}
