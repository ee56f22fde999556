import { normalizeMessageContent, proto, type GroupMetadata } from '@whiskeysockets/baileys';

/** A message that names people, as far as this needs to know it. */
interface Naming {
	text?: string | null;
	caption?: string | null;
	contextInfo?: proto.IContextInfo | null;
}

/**
 * Names people the way their group does: by LID in most groups, by number in others, also where they
 * stand in the text as `@<digits>`. Phones take any other name for plain text. Where everybody is named,
 * the mark for that is joined by all who are in the group now: older phones know only who is listed. Gives
 * the message, which is serialised, itself when there is nothing to change.
 */
export function namePeople(
	content: Uint8Array,
	participants: GroupMetadata['participants'],
): Uint8Array {
	const message = proto.Message.decode(content);
	const parts = Object.values(normalizeMessageContent(message) ?? {}) as Array<Naming | null>;
	let isChanged = false;
	for (const part of parts) {
		if (part?.contextInfo?.nonJidMentions) {
			part.contextInfo.mentionedJid = participants.map(({ id }) => id);
			isChanged = true;
			continue;
		}
		for (const given of part?.contextInfo?.mentionedJid ?? []) {
			const person = participants.find((one) => one.phoneNumber === given || one.lid === given);
			if (!part || !person || person.id === given) continue;
			rename(part, given, person.id);
			isChanged = true;
		}
	}
	return isChanged ? proto.Message.encode(message).finish() : content;
}

/** Whether a message names anybody. */
export function hasMentions(content: Uint8Array): boolean {
	const message = normalizeMessageContent(proto.Message.decode(content)) ?? {};
	const parts = Object.values(message) as Array<Naming | null>;
	return parts.some((part) => {
		const { mentionedJid, nonJidMentions } = part?.contextInfo ?? {};
		return (mentionedJid?.length ?? 0) > 0 || Boolean(nonJidMentions);
	});
}

function rename(part: Naming, from: string, to: string): void {
	const mention = new RegExp(`(?<![\\w@.])@${toUser(from)}(?!\\d)`, 'g');
	const replace = (text: string) => text.replace(mention, `@${toUser(to)}`);
	if (part.text) part.text = replace(part.text);
	if (part.caption) part.caption = replace(part.caption);
	const { contextInfo } = part;
	if (!contextInfo?.mentionedJid) return;
	contextInfo.mentionedJid = contextInfo.mentionedJid.map((jid) => (jid === from ? to : jid));
}

function toUser(jid: string): string {
	return jid.split('@', 1)[0] ?? '';
}
