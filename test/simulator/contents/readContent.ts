import { normalizeMessageContent, type proto } from '@whiskeysockets/baileys';
import { readPoll, type Poll } from './polls';

/** What a message says beside its text. */
export interface ContentFacts {
	/** The id of the message that is reacted to, edited, deleted, pinned or voted in. */
	readonly concerns: string | undefined;
	/** The id of the message that is quoted. */
	readonly quotes: string | undefined;
	readonly mentions: readonly string[];
	/** It bears the mark that names everybody in the group. */
	readonly mentionsAll: boolean;
	readonly forwarded: boolean;
	readonly viewOnce: boolean;
	readonly poll: Poll | undefined;
}

/** Looks through the wrappers of a message. */
export function readContent(message: proto.IMessage): ContentFacts {
	const content = normalizeMessageContent(message) ?? {};
	const contents = Object.values(content) as Array<Said | null>;
	const said = contents.filter((one) => one !== null && typeof one === 'object');
	const contextInfo = said.find((one) => one.contextInfo)?.contextInfo;
	return {
		concerns: readConcerned(content)?.id ?? undefined,
		quotes: contextInfo?.stanzaId ?? undefined,
		mentions: contextInfo?.mentionedJid ?? [],
		mentionsAll: (contextInfo?.nonJidMentions ?? 0) > 0,
		forwarded: contextInfo?.isForwarded ?? false,
		viewOnce: isWrappedViewOnce(message) || said.some((one) => one.viewOnce === true),
		poll: readPoll(content),
	};
}

interface Said {
	readonly contextInfo?: proto.IContextInfo | null;
	readonly viewOnce?: boolean | null;
}

const readConcerned = (content: proto.IMessage): proto.IMessageKey | null | undefined =>
	content.reactionMessage?.key ??
	content.protocolMessage?.key ??
	content.pinInChatMessage?.key ??
	content.pollUpdateMessage?.pollCreationMessageKey;

const isWrappedViewOnce = (message: proto.IMessage): boolean =>
	Boolean(
		message.viewOnceMessage ?? message.viewOnceMessageV2 ?? message.viewOnceMessageV2Extension,
	);
