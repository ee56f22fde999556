import {
	isLidUser,
	jidNormalizedUser,
	proto,
	type BinaryNode,
	type MessageUserReceiptUpdate,
	type WAMessageKey,
	type WAMessageUpdate,
} from '@whiskeysockets/baileys';
import { toNumber } from '../../../contract';
import type { StatusChange } from '../../messages/IncomingMessage';
import type { ConnectionListener, Staged } from '../ConnectionListener';
import { toIdentity, toKnownJid, type Identities } from './Identities';

const { Status, StubType } = proto.WebMessageInfo;

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

/** `<message edit>`: the server lets only admins mark a deletion so; 7 is one's own. */
const ADMIN_REVOKE = '8';

interface StatusOptions {
	listener: Pick<ConnectionListener, 'onStatus'>;
	stage: (staged: Staged) => void;
	identities: Identities;
	/** Attributes of the stanza whose turn it is. */
	underway: () => BinaryNode['attrs'] | undefined;
}

/** Receipts in direct chats, and deletions everywhere. */
export function captureUpdate(options: StatusOptions, { key, update }: WAMessageUpdate): void {
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

/** Receipts in groups: one a participant. */
export function captureReceipt(
	options: StatusOptions,
	{ key, receipt }: MessageUserReceiptUpdate,
): void {
	if (!key.id || !key.fromMe) return;
	const status = RECEIPT_WORDS[options.underway()?.type ?? 'delivered'];
	const { userJid } = receipt;
	if (!status || !userJid || isOwn(userJid, options.identities)) return;
	// One name for everybody: the same person's receipts may come by phone and by LID.
	const participant = toKnownJid(userJid, options.identities);
	stageStatus(options, key, { messageId: key.id, status, participant });
}

function isOwn(jid: string, identities: Identities): boolean {
	const { phone, lid } = toIdentity([jid], identities);
	const { own } = identities;
	return (phone !== null && phone === own.phone) || (lid !== null && lid === own.lid);
}

function stageStatus(
	{ listener, stage, identities, underway }: StatusOptions,
	key: WAMessageKey,
	change: Omit<StatusChange, 'origin'>,
): void {
	if (!key.remoteJid) return;
	const chat = jidNormalizedUser(key.remoteJid);
	const phone = isLidUser(chat) ? identities.phoneOfLid(chat) : null;
	const origin = {
		chat,
		number: phone ?? toNumber(chat),
		author: key.participant ? toKnownJid(key.participant, identities) : '',
		isAdmin: underway()?.edit === ADMIN_REVOKE,
		isFromMe: key.fromMe === true,
	};
	const staged = listener.onStatus({ ...change, origin });
	if (staged) stage(staged);
}
