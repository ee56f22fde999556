import type { proto } from '@whiskeysockets/baileys';
import { contentKind, type ContentKind } from './contentKind';
import { unfoldTemplate } from './unfoldTemplate';

/** They are the message they carry, with a property. */
const WRAPPERS = [
	'deviceSentMessage',
	'ephemeralMessage',
	'viewOnceMessage',
	'viewOnceMessageV2',
	'viewOnceMessageV2Extension',
	'documentWithCaptionMessage',
	'editedMessage',
	'associatedChildMessage',
	'groupMentionedMessage',
	'groupStatusMessage',
	'groupStatusMessageV2',
	'botInvokeMessage',
	'botForwardedMessage',
	'lottieStickerMessage',
	'pollCreationMessageV4',
	'pollCreationOptionImageMessage',
	'questionMessage',
	'questionReplyMessage',
	'limitSharingMessage',
	'eventCoverImage',
	'commentMessage',
] as const satisfies readonly ContentKind[];

/** What only carries another message; without one it is hidden or a kind of its own. */
export type Wrapper = Exclude<(typeof WRAPPERS)[number], 'deviceSentMessage'>;

const VIEW_ONCE: ReadonlySet<string> = new Set<ContentKind>([
	'viewOnceMessage',
	'viewOnceMessageV2',
	'viewOnceMessageV2Extension',
]);

/** No phone nests deeper; whoever does wants to see this break. */
const MAX_DEPTH = 12;

/** A message without its wrappers. */
export interface UnwrappedContent {
	content: proto.IMessage;
	/** What it is in the end, in WhatsApp's words; undefined when no known field is set. */
	kind: ContentKind | undefined;
	isViewOnce: boolean;
	/** The innermost `messageContextInfo` that is worth something. */
	association: proto.IMessageAssociation | null;
	/** A comment says what it comments on. */
	commented: proto.IMessageKey | null;
}

/** Takes off everything that is around a message: disappearing, view once, captioned, edited, template. */
export function unwrapContent(message: proto.IMessage | null | undefined): UnwrappedContent {
	let content = message ?? {};
	let isViewOnce = false;
	let association: proto.IMessageAssociation | null = null;
	let commented: proto.IMessageKey | null = null;
	for (let depth = 0; depth < MAX_DEPTH; depth++) {
		association = content.messageContextInfo?.messageAssociation ?? association;
		commented = content.commentMessage?.targetMessageKey ?? commented;
		const wrapper = WRAPPERS.find((key) => content[key]?.message);
		if (!wrapper) break;
		isViewOnce ||= VIEW_ONCE.has(wrapper);
		content = content[wrapper]?.message ?? {};
	}
	content = unfoldTemplate(content) ?? content;
	const kind = contentKind(content);
	return {
		content,
		kind,
		isViewOnce: isViewOnce || isMarkedViewOnce(content, kind),
		association,
		commented,
	};
}

/** Phones mark the file itself too, and one whose wrapper came without content is known by its name. */
function isMarkedViewOnce(content: proto.IMessage, kind: ContentKind | undefined): boolean {
	if (kind !== undefined && VIEW_ONCE.has(kind)) return true;
	const { imageMessage, videoMessage, audioMessage, extendedTextMessage } = content;
	return [imageMessage, videoMessage, audioMessage, extendedTextMessage].some(
		(part) => part?.viewOnce === true,
	);
}
