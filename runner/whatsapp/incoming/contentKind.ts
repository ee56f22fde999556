import type { proto } from '@whiskeysockets/baileys';

export type ContentKind = keyof proto.IMessage;

/** They accompany other content, and mean nothing to a reader. */
const COMPANIONS: ReadonlySet<string> = new Set<ContentKind>([
	'senderKeyDistributionMessage',
	'fastRatchetKeySenderKeyDistributionMessage',
	'messageContextInfo',
]);

/** What only keeps the protocol and the settings of a chat going. */
const UNSEEN: ReadonlySet<string> = new Set<ContentKind>([
	'protocolMessage',
	'deviceSentMessage',
	'call',
	'chat',
	'stickerSyncRmrMessage',
	'messageHistoryBundle',
	'messageHistoryNotice',
]);

/** The field that a message consists of; undefined for one that has none this version knows. */
export function contentKind(content: proto.IMessage): ContentKind | undefined {
	return (Object.keys(content) as ContentKind[]).find(
		(key) => !COMPANIONS.has(key) && content[key] !== null && content[key] !== undefined,
	);
}

/** Whether nobody would see it on a phone. A message of a kind still unknown is not counted among them. */
export function isUnseen(content: proto.IMessage, kind: ContentKind | undefined): boolean {
	if (kind !== undefined) return UNSEEN.has(kind);
	// A key for a group may travel alone; whatever else is empty holds fields of a later WhatsApp.
	return Boolean(content.senderKeyDistributionMessage) && !content.messageContextInfo;
}
