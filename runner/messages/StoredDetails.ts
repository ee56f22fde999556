import type { ContentDetails, MediaDetails, MessageDetails, QuotedReference } from '../../contract';

/** A file of a message as it is stored: its URL is made when somebody is told of it. */
export type StoredMedia = Omit<MediaDetails, 'url'>;

/** What a row keeps of a message besides its text and its columns, as JSON; what is absent is null or false. */
export interface StoredDetails extends ContentDetails {
	/** Those of before were not verified. */
	quoted?: Omit<QuotedReference, 'verified'> & Partial<Pick<QuotedReference, 'verified'>>;
	mentions?: string[];
	media?: StoredMedia;
	viewOnce?: true;
	forwarded?: true;
	late?: true;
	/** Texts or lists of it were longer than what is kept. */
	truncated?: true;
}

/** The same details of a message that was, or was not, missed offline. */
export function withLate(details: StoredDetails, isLate: boolean): StoredDetails {
	const copy = { ...details };
	if (isLate) copy.late = true;
	else delete copy.late;
	return copy;
}

/** Makes the URL of a stored file. */
export type ToMediaUrl = (sha256: string) => string;

/** The stored details as views and events show them. */
export function toShownDetails(
	{ quoted, mentions, media, viewOnce, forwarded, late, ...content }: StoredDetails,
	toMediaUrl: ToMediaUrl,
): Omit<MessageDetails, 'type' | 'chat' | 'sender' | 'fromMe' | 'isGroup' | 'edited'> {
	return {
		quoted: quoted ? { ...quoted, verified: quoted.verified ?? false } : null,
		mentions: mentions ?? [],
		media: media ? { url: toMediaUrl(media.sha256), ...media } : null,
		viewOnce: viewOnce ?? false,
		forwarded: forwarded ?? false,
		late: late ?? false,
		...content,
	};
}
