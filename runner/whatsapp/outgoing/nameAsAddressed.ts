import {
	isJidGroup,
	isLidUser,
	jidNormalizedUser,
	normalizeMessageContent,
	type proto,
} from '@whiskeysockets/baileys';
import type { OwnIdentity } from './toQuote';

/** A chat under the name it is written to, with all its names. */
interface Addressed {
	address: string;
	names: readonly string[];
}

/**
 * Names a chat of two, and both who write in it, by phone or by LID as the message is addressed, wherever it
 * speaks of another message: phones look for that one under these names.
 */
export function nameAsAddressed(
	message: proto.IMessage,
	{ address, names }: Addressed,
	me: OwnIdentity | undefined,
): void {
	if (isJidGroup(address)) return;
	const content = normalizeMessageContent(message) ?? {};
	for (const key of [content.reactionMessage?.key, content.protocolMessage?.key]) {
		if (key?.remoteJid && names.includes(key.remoteJid)) key.remoteJid = address;
	}
	for (const part of Object.values(content) as Array<{ contextInfo?: proto.IContextInfo } | null>) {
		const context = part?.contextInfo;
		// What was said in a group is quoted by the names of the group.
		if (!context?.participant || context.remoteJid) continue;
		if (names.includes(context.participant)) context.participant = address;
		else if (isOwn(context.participant, me)) context.participant = toOwnName(me, address);
	}
}

function isOwn(jid: string, me: OwnIdentity | undefined): me is OwnIdentity {
	return [me?.id, me?.lid].some((own) => own !== undefined && jidNormalizedUser(own) === jid);
}

function toOwnName({ id, lid }: OwnIdentity, address: string): string {
	return jidNormalizedUser(isLidUser(address) ? (lid ?? id) : id);
}
