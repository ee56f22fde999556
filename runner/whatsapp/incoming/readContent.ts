import type { ContentDetails } from '../../../contract';
import type { IncomingMessage } from '../../messages/IncomingMessage';
import type { StoredDetails } from '../../messages/StoredDetails';
import { messageType } from './contentKind';
import { toAuthorNamed } from './Identities';
import { readAlbum } from './readAlbum';
import { readContacts } from './readContacts';
import type { ClippedContext, ReadContext } from './ReadContext';
import { isForwarded, readContextInfo } from './readContextInfo';
import type { MessageFrame } from './readFrame';
import { readGroupInvite } from './readGroupInvite';
import { readLocation } from './readLocation';
import { readMedia } from './readMedia';
import { isOwnMentioned, readMentions } from './readMentions';
import { readOrigin } from './readOrigin';
import { readPoll } from './readPoll';
import { readPollVote } from './readPollVote';
import { readQuoted } from './readQuoted';
import { readReaction } from './readReaction';
import { readSelection } from './readSelection';
import { readText } from './readText';
import { readTimer } from './readTimer';
import type { UnwrappedContent } from './unwrapContent';

type MessageWords = Pick<
	IncomingMessage,
	'type' | 'text' | 'details' | 'timerSeconds' | 'linkPreview' | 'groupInvite' | 'quotedAuthor'
>;

/** What a message says, whoever says it and wherever. */
export function readContent(
	unwrapped: UnwrappedContent,
	frame: MessageFrame,
	context: ClippedContext,
): MessageWords {
	const { content, kind } = unwrapped;
	const type = messageType(content, kind);
	const { clipper } = context;
	const text = clipper.text(readText(content), 'text');
	return {
		type,
		text,
		details: {
			...readSurroundings(unwrapped, context),
			...readKind(unwrapped, frame, context),
			...(type === 'unknown' && kind ? { kind } : {}),
		},
		// A message that says nothing may be of a kind that cannot: only a timer is news.
		timerSeconds: readTimer(readContextInfo(content, kind)?.expiration) || undefined,
		linkPreview: {
			title: clipper.textOrNull(content.extendedTextMessage?.title, 'name'),
			url: clipper.textOrNull(content.extendedTextMessage?.matchedText, 'reference'),
		},
		groupInvite: readGroupInvite(content, text, clipper),
		...readQuotedAuthor(unwrapped, context),
	};
}

function readQuotedAuthor(
	{ content, kind, commented }: UnwrappedContent,
	{ identities }: ReadContext,
): Pick<MessageWords, 'quotedAuthor'> {
	const participant = readContextInfo(content, kind)?.participant || commented?.participant;
	return participant ? { quotedAuthor: toAuthorNamed(participant, identities) } : {};
}

/** What any kind of message can have. */
function readSurroundings(unwrapped: UnwrappedContent, context: ClippedContext): StoredDetails {
	const contextInfo = readContextInfo(unwrapped.content, unwrapped.kind);
	const mentions = readMentions(contextInfo, context.identities, context.clipper);
	return withoutAbsent({
		quoted: readQuoted(contextInfo, unwrapped, context),
		mentions: mentions.length > 0 ? mentions : undefined,
		mentionsMe: isOwnMentioned(contextInfo, mentions, context.identities) || undefined,
		username: context.clipper.textOrNull(context.username, 'name') ?? undefined,
		...readOrigin(contextInfo, context.clipper),
		media: readMedia(unwrapped.content, context.clipper),
		viewOnce: unwrapped.isViewOnce || undefined,
		forwarded: isForwarded(contextInfo) || undefined,
		late: context.isLate || undefined,
	});
}

/** What only one kind of message has. */
function readKind(
	{ content, association }: UnwrappedContent,
	{ key, sender }: MessageFrame,
	{ identities, contentOf, clipper }: ClippedContext,
): ContentDetails {
	return withoutAbsent({
		location: readLocation(content, clipper),
		contacts: readContacts(content, clipper),
		poll: readPoll(content, clipper),
		pollVote: readPollVote(content, { voter: sender, identities, contentOf, clipper }),
		reaction: readReaction(content, clipper),
		selection: readSelection(content, clipper),
		album: readAlbum(content, association, { messageId: key.messageId, clipper }),
	});
}

/** The same without keys that have no value: they would only make the row longer. */
function withoutAbsent<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
